import API
import Accounts
import AsyncHTTPClient
import Core
import CoreMetrics
import Delivery
import Logging
import Schema
package import ServiceLifecycle
import Storage
import StoragePostgres
import StorageSQLite
import UnixSignals

/// The whole product in one process.
package enum WhimbrelServer {
    /// Starts everything, runs until SIGTERM or SIGINT, and stops in order: the listener first, then the stages, each after
    /// its work under way, at last the database.
    /// - Parameter alongside: what else is to run in the process, given a function that waits for the server's address.
    /// - Throws: `SettingsError` with one clear line when it cannot start.
    package static func run(
        _ settings: ServerSettings,
        alongside: (_ address: @escaping @Sendable () async throws -> String) throws -> Companions = { _ in Companions() }
    ) async throws {
        let logger = Logger.whimbrel(level: settings.logLevel)
        let lock = try FolderLock(folder: settings.dataFolder)
        let key = try settings.secretKey.map(SecretKeyFile.parse) ?? SecretKeyFile.load(from: settings.dataFolder)
        let engine = try makeEngine(settings, logger: logger)
        let client = HTTPClient(
            configuration: ProviderClient.configuration(
                connections: settings.delivery.inFlight * channelsPerHost, timeout: settings.delivery.requestTimeout,
                allowsPrivateAddresses: settings.allowsPrivateProviders))
        do {
            try await run(settings, engine: engine, key: key, client: client, logger: logger, alongside: alongside)
        } catch {
            await close(engine, client)
            throw error
        }
        await close(engine, client)
        withExtendedLifetime(lock) {}
    }

    /// What runs in the same process. Services stop from the last to the first.
    package struct Companions: Sendable {
        /// What the stages need until they have stopped.
        package var below: [any Service] = []
        /// What needs the server, and so stops before it.
        package var above: [any Service] = []
    }

    static func makeEngine(_ settings: ServerSettings, logger: Logger) throws -> any SQLEngine {
        guard let url = settings.databaseURL else { return try SQLiteEngine(folder: settings.dataFolder) }
        #if Postgres
        return try PostgresEngine(url: url, connections: settings.databaseConnections) { logger.warning("\($0)") }
        #else
        throw SettingsError("This whimbrel was built without PostgreSQL; leave out --database-url.")
        #endif
    }

    private static func run(
        _ settings: ServerSettings, engine: any SQLEngine, key: SecretKey, client: HTTPClient, logger: Logger,
        alongside: (_ address: @escaping @Sendable () async throws -> String) throws -> Companions
    ) async throws {
        try await Schema(engine: engine, clock: settings.clock).migrate()
        let metrics = PrometheusText()
        MetricsSystem.bootstrap(metrics)
        let parts = Composition(settings: settings, engine: engine, key: key, client: client, logger: logger)
        let bootstrap = try await parts.accounts.bootstrap(settings.firstAccount)
        if let bootstrap { announce(bootstrap) }
        let address = Late<String>()
        let listener = Listener(try parts.router(metrics: metrics), on: settings.listen, logger: logger) { port in
            parts.address.url = settings.publicURL(port: port)
            Console.say("Whimbrel is ready at \(parts.address.url)")
            address.set(parts.address.url)
        }
        let companions = try alongside { try await address.value() }
        let stages: [any Service] = [
            parts.segments.blocks, parts.receipts, parts.runner, parts.live, parts.conversions, parts.dispatcher, parts.templateSync,
            parts.segments.keeper, parts.preflights,
        ]
        try await group(companions.below + stages + [listener] + companions.above, logger: logger).run()
    }

    /// Several channels may be at one provider's host, and each may have all its requests under way.
    private static let channelsPerHost = 8

    private static func group(_ services: [any Service], logger: Logger) -> ServiceGroup {
        var plan = ServiceGroupConfiguration(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        plan.maximumGracefulShutdownDuration = .seconds(60)
        return ServiceGroup(configuration: plan)
    }

    /// What was generated is said once, here and never again.
    private static func announce(_ first: Bootstrap) {
        let values = [
            ("Account id", first.accountID), ("Passcode", first.passcode), ("Sign in as", first.adminEmail),
            ("Password", first.adminPassword),
        ]
        guard values.contains(where: \.1.isGenerated) else { return }
        Console.say("This is shown once; keep it:")
        for (name, value) in values { Console.say("  \(name): \(value.isGenerated ? value.text : "(as set)")") }
    }

    private static func close(_ engine: any SQLEngine, _ client: HTTPClient) async {
        try? await client.shutdown()  // nothing is under way any more
        await engine.close()
    }
}

extension ServerSettings {
    fileprivate var firstAccount: FirstAccount {
        FirstAccount(accountID: accountID, passcode: passcode, adminEmail: adminEmail, adminPassword: adminPassword)
    }
}

extension Logger {
    /// To standard error, so that standard output stays for people.
    static func whimbrel(level: Logger.Level) -> Logger {
        var logger = Logger(label: "whimbrel") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}
