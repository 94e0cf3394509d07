import AsyncHTTPClient
package import Core
import Foundation
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle
import WebSupport

/// The pretend WhatsApp in the box: vendors that take messages as their documents say, each on its own paths, and phones
/// that receive, read and answer them. Written from the vendors' documents, never from our own adapters.
package struct SandboxService: Service {
    private let settings: SandboxSettings
    private let clock: WallClock
    private let random: Randomness
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - clock: for time stamps and the rate limit; delays are measured, not read from it.
    ///   - random: for ids and everything drawn; `Randomness.seeded` makes a run repeatable.
    ///   - onListening: told the port once requests are answered.
    package init(
        settings: SandboxSettings, clock: WallClock = .system, random: Randomness = .system,
        logger: Logger = Logger(label: "whimbrel.sandbox"),
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        (self.settings, self.clock, self.random) = (settings, clock, random)
        (self.logger, self.onListening) = (logger, onListening)
    }

    /// Serves until shutdown, graceful or by cancellation, then drops callbacks that are not posted yet. May be run once
    /// more afterwards and then begins anew.
    /// - Throws: when the port is taken or the pages cannot be read.
    package func run() async throws {
        let client = makeClient()
        do {
            try await makeApplication(client: client).run()
        } catch {
            try? await client.shutdown()  // the first error says more
            throw error
        }
        try await client.shutdown()
    }

    private func makeApplication(client: HTTPClient) async throws -> some ApplicationProtocol {
        let world = World(settings: settings, clock: clock, random: random)
        let courier = Courier(
            world: world, queue: DueQueue(), client: client, wires: Wires(clock: clock, random: random),
            workers: min(512, max(1, settings.callbackConcurrency)), logger: logger)
        return Application(
            router: try makeRouter(world: world, courier: courier),
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: "sandbox"),
            services: [courier],
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? settings.port) }, logger: logger)
    }

    private func makeRouter(world: World, courier: Courier) throws -> Router<SandboxContext> {
        let folder = Bundle.module.bundleURL
        let router = Router(context: SandboxContext.self)
        router.add(middleware: PageHeadersMiddleware())
        router.add(middleware: RefusalMiddleware())
        let desk = SendDesk(world: world, courier: courier)
        for wire in courier.wires.all { wire.add(to: router, desk: desk) }
        AccountRoutes(world: world, courier: courier).add(to: router)
        ControlRoutes(world: world, courier: courier).add(to: router)
        PhoneRoutes(world: world, courier: courier).add(to: router)
        let renderer = try PageRenderer(folder: folder.appendingPathComponent("Views").path)
        PageRoutes(world: world, courier: courier, renderer: renderer).add(to: router)
        try AssetRoutes(folder: folder.appendingPathComponent("Assets")).add(to: router)
        return router
    }

    /// The vendor's limits for callbacks: 3 s to connect, no redirects.
    private func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.timeout = .init(connect: .seconds(3), read: .seconds(15))
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool = .init(
            idleTimeout: .seconds(30), concurrentHTTP1ConnectionsPerHostSoftLimit: min(512, max(8, settings.callbackConcurrency)))
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
