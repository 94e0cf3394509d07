import Core
import Logging
import Sandbox
import Schema
import ServiceLifecycle
import Stats
import Storage
import UnixSignals

/// The commands of the program, without the reading of flags.
package enum Commands {
    /// `whimbrel serve`.
    package static func serve(_ variables: [String: String]) async throws {
        try await WhimbrelServer.run(ServerSettings(variables: variables))
    }

    /// `whimbrel sandbox`: the pretend WhatsApp alone.
    package static func sandbox(_ variables: [String: String]) async throws {
        let reader = SettingsReader(variables: variables)
        let listen = try reader.listen("sandbox-listen", default: "127.0.0.1:8090")
        let logger = Logger.whimbrel(level: try reader.logLevel("log-level", default: .notice))
        let clock = try reader.clock(isTrial: listen.isLoopback)
        let service = SandboxService(settings: try SandboxSettings(listen: listen.description), clock: clock, logger: logger) { port in
            Console.say("The sandbox is ready at http://\(listen.hostForURL):\(port)")
        }
        let group = ServiceGroup(
            configuration: .init(services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do { try await group.run() } catch { throw listen.explain(error) }
    }

    /// `whimbrel migrate`: brings the database to this program's version and says what it did.
    package static func migrate(_ variables: [String: String]) async throws {
        try await withDatabase(variables) { engine in
            let steps = try await Schema(engine: engine).migrate()
            Console.say(steps.isEmpty ? "The database is up to date." : "Done: \(steps.joined(separator: ", ")).")
        }
    }

    /// `whimbrel recount`: counts every campaign's numbers from the messages and compares them with those that are shown.
    /// - Returns: whether all agree.
    package static func recount(_ variables: [String: String]) async throws -> Bool {
        try await withDatabase(variables) { engine in
            try await Schema(engine: engine).check()
            let differences = try await StatsReader(engine: engine).recount()
            for difference in differences { Console.say(difference.description) }
            if differences.isEmpty { Console.say("All numbers agree with the messages.") }
            return differences.isEmpty
        }
    }

    /// Works beside a running server: it takes no lock on the folder.
    private static func withDatabase<Value>(
        _ variables: [String: String], _ body: (any SQLEngine) async throws -> Value
    ) async throws -> Value {
        let settings = try ServerSettings(variables: variables)
        let engine = try WhimbrelServer.makeEngine(settings, logger: .whimbrel(level: settings.logLevel))
        do {
            let value = try await body(engine)
            await engine.close()
            return value
        } catch {
            await engine.close()
            throw error
        }
    }
}
