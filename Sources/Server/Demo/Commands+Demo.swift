import Core
import Logging
import Sandbox
import ServiceLifecycle

extension Commands {
    /// `whimbrel demo`: the server, the sandbox and the seeder in one process. Data in `data/demo` unless told otherwise.
    package static func demo(_ variables: [String: String]) async throws {
        let variables = ["WHIMBREL_DATA": "data/demo"].merging(variables) { $1 }
        let keys = try DemoKeys(folder: ServerSettings(variables: variables).dataFolder)
        let settings = try ServerSettings(
            variables: variables.merging(["WHIMBREL_ACCOUNT_ID": Demo.accountID, "WHIMBREL_PASSCODE": keys.passcode]) { $1 })
        let listen = try SettingsReader(variables: variables).listen("sandbox-listen", default: "127.0.0.1:8090")
        for address in [settings.listen, listen] { try await address.tryOut() }
        try await WhimbrelServer.run(settings) { address in
            let sandbox = DemoSandbox(listen: listen, keys: keys, clock: settings.clock, level: settings.logLevel)
            let seeder = DemoSeeder(
                keys: keys, clock: settings.clock, folder: settings.dataFolder, server: address, sandbox: sandbox.address)
            return WhimbrelServer.Companions(below: [sandbox], above: [seeder])
        }
    }
}

/// The sandbox as a part of the demo.
private struct DemoSandbox: Service {
    let listen: ListenAddress
    let keys: DemoKeys
    let clock: WallClock
    let level: Logger.Level
    private let port = Late<Int>()

    init(listen: ListenAddress, keys: DemoKeys, clock: WallClock, level: Logger.Level) {
        (self.listen, self.keys, self.clock, self.level) = (listen, keys, clock, level)
    }

    @Sendable func address() async throws -> String { "http://\(listen.hostForURL):\(try await port.value())" }

    /// Knows the demo's account from the first moment: a campaign that goes on after a restart does not wait for the seeder.
    func run() async throws {
        let account = SandboxAccount(
            key: keys.sandboxKey, secret: keys.sandboxSecret, signatureSecret: keys.signatureSecret, number: Demo.number)
        // Callbacks meet a server that stops before the sandbox does; that is not worth a line.
        let logger = Logger.whimbrel(level: max(level, .error))
        let settings = try SandboxSettings(listen: listen.description, accounts: [account])
        let service = SandboxService(settings: settings, clock: clock, logger: logger) { port.set($0) }
        do { try await service.run() } catch { throw listen.explain(error) }
    }
}
