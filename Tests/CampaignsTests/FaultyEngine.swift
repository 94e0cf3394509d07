import Storage
import Synchronization

/// A database whose connection breaks at one write.
final class FaultyEngine: SQLEngine {
    enum Fault: CaseIterable, Sendable {
        /// Nothing is stored.
        case beforeCommit
        /// Everything is stored, and the caller is told that it failed.
        case afterCommit
    }

    private let engine: any SQLEngine
    private let fault: Fault
    private let left: Mutex<Int>

    /// - Parameter number: which write fails, from 1.
    init(_ engine: any SQLEngine, failing number: Int, _ fault: Fault) {
        (self.engine, self.fault) = (engine, fault)
        left = Mutex(number)
    }

    var dialect: Dialect { engine.dialect }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await engine.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        let fails = left.withLock { left in
            left -= 1
            return left == 0
        }
        let broken = StorageError(.unavailable, "the connection broke")
        guard fails else { return try await engine.write(body) }
        _ = try await engine.write { [fault] session in
            let value = try body(session)
            if fault == .beforeCommit { throw broken }
            return value
        }
        throw broken
    }

    func close() async {}
}
