#if Postgres
import Foundation
import Schema
import Storage
import StoragePostgres

/// A schema of its own on the server that `WHIMBREL_TEST_POSTGRES` names. Making the tables takes a tenth of a second,
/// so a schema that a test has left is emptied and used again.
final class ScratchPostgres: SQLEngine {
    private let place: TestServer.Place
    private let server: TestServer
    private let isMigrated: Bool

    static func make(migrated: Bool) async throws -> ScratchPostgres {
        let server = try TestServer.shared.get()
        let place = try await server.take(migrated: migrated)
        return ScratchPostgres(place, server, isMigrated: migrated)
    }

    private init(_ place: TestServer.Place, _ server: TestServer, isMigrated: Bool) {
        (self.place, self.server, self.isMigrated) = (place, server, isMigrated)
    }

    deinit { server.giveBack(place, isMigrated: isMigrated) }

    var dialect: Dialect { .postgres }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await place.engine.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await place.engine.write(body)
    }

    func close() async { await place.engine.close() }
}

extension TestEngine {
    /// An address whose connections see the tables of one schema.
    package static func url(_ server: String, schema: String) -> String {
        server + (server.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)"
    }

    /// The address in `WHIMBREL_TEST_POSTGRES`. Throws when there is none.
    package static func serverURL() throws -> String { try TestServer.shared.get().url }
}
#else
import Storage

enum ScratchPostgres {
    static func make(migrated: Bool) async throws -> any SQLEngine {
        throw StorageError(.unavailable, "This build has no PostgreSQL engine (package trait Postgres).")
    }
}
#endif
