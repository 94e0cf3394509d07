import Foundation
import Storage
import StorageSQLite

/// A database in a folder of its own, which goes away with it.
final class ScratchSQLite: SQLEngine {
    private let folder: ScratchFolder
    private let engine: SQLiteEngine

    init() throws {
        folder = try ScratchFolder()
        engine = try SQLiteEngine(folder: folder.path)
    }

    var dialect: Dialect { engine.dialect }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await engine.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await engine.write(body)
    }

    func close() async { await engine.close() }
}

/// A new, empty temporary folder; removed with all it holds when the last reference is gone.
package final class ScratchFolder: Sendable {
    package let path: String

    package init() throws {
        path = FileManager.default.temporaryDirectory.path + "/whimbrel-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
