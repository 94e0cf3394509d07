import Foundation
import Schema
package import Storage
import Testing

/// The engines that store tests run on: `@Test(arguments: TestEngine.available)`, then `try await kind.make()`.
package enum TestEngine: CaseIterable, Hashable, Sendable, CustomTestStringConvertible {
    case sqlite
    case postgres

    /// SQLite always. PostgreSQL when `WHIMBREL_TEST_POSTGRES` holds the address of a server (`postgres://…`), and also
    /// without it when `WHIMBREL_TEST_ENGINES` is `all`: then a missing server fails the tests instead of hiding them.
    package static let available: [TestEngine] = {
        let hasServer = environment["WHIMBREL_TEST_POSTGRES"] != nil || environment["WHIMBREL_TEST_ENGINES"] == "all"
        return hasServer ? allCases : [.sqlite]
    }()

    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    package var testDescription: String { "\(self)" }

    /// A database of its own, with every table and no row. It is removed when the last reference to it is gone.
    package func make() async throws -> any SQLEngine {
        switch self {
        case .sqlite:
            let database = try ScratchSQLite()
            try await Schema(engine: database).migrate()
            return database
        case .postgres: return try await ScratchPostgres.make(migrated: true)
        }
    }

    /// The same with one account, since most tables refer to one: id 1, public id "TEST-ACC", time zone "UTC".
    package func makeWithAccount() async throws -> any SQLEngine {
        let engine = try await make()
        try await engine.write { session in
            _ = try session.run(Self.account, [.integer(1), .text("TEST-ACC"), .text("Test"), .text("UTC"), .integer(0)])
        }
        return engine
    }

    /// A database of its own without any table.
    package func empty() async throws -> any SQLEngine {
        switch self {
        case .sqlite: try ScratchSQLite()
        case .postgres: try await ScratchPostgres.make(migrated: false)
        }
    }

    private static let account = Query(
        "test.account", "INSERT INTO account (id, public_id, name, time_zone, created_at) VALUES ($1, $2, $3, $4, $5)")
}
