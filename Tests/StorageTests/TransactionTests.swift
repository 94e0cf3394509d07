import Core
import Foundation
import Storage
import StorageTesting
import Testing

private struct Refused: Error {}

@Suite struct TransactionTests {
    private static let add = Query("t.number.add", "INSERT INTO number (id) VALUES ($1)")
    private static let ids = Query("t.number.ids", "SELECT id FROM number ORDER BY id")
    private static let bounds = Query("t.number.bounds", "SELECT COUNT(*), COALESCE(MAX(id), 0) FROM number")

    private func engine(_ kind: TestEngine) async throws -> any SQLEngine {
        let engine = try await kind.make()  // with the counter's table
        try await engine.write { try $0.execute("CREATE TABLE number (id \($0.dialect.integerType) PRIMARY KEY)") }
        return engine
    }

    private func ids(_ engine: any SQLEngine) async throws -> [Int] {
        try await engine.read { try $0.rows(Self.ids).map { try $0.int(0) } }
    }

    @Test(arguments: TestEngine.available)
    func `a failing closure is rolled back alone`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        await withTaskGroup(of: Void.self) { group in
            for id in 1...300 {
                group.addTask {
                    do {
                        let told = try await engine.write { session in
                            try session.run(Self.add, [.int(id)])
                            if id % 3 == 0 { throw Refused() }
                            if id % 3 == 1 { try session.run(Self.add, [.int(1000 + id)]) }
                            return id
                        }
                        #expect(told == id && id % 3 != 0)
                    } catch { #expect(error is Refused && id % 3 == 0) }
                }
            }
        }
        let kept = (1...300).filter { $0 % 3 != 0 }
        let extra = kept.filter { $0 % 3 == 1 }.map { $0 + 1000 }
        #expect(try await ids(engine) == kept + extra)
    }

    @Test(arguments: TestEngine.available)
    func `a statement that fails in one closure harms no other`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let failures = await withTaskGroup(of: Int.self) { group in
            for id in 0..<200 {
                group.addTask {
                    do {
                        try await engine.write { session in  // every second pair takes the same two numbers
                            _ = try session.run(Self.add, batch: [[.int(1000 + id)], [.int(id / 2)]])
                        }
                        return 0
                    } catch {
                        #expect((error as? StorageError)?.kind == .constraint)
                        return 1
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(failures == 100)
        #expect(try await ids(engine).count == 200)
    }

    @Test(arguments: TestEngine.available)
    func `a caught failure still fails the closure`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        try await engine.write { _ = try $0.run(Self.add, [.integer(1)]) }
        let error = await #expect(throws: StorageError.self) {
            try await engine.write { session in
                try session.run(Self.add, [.integer(2)])
                _ = try? session.run(Self.add, [.integer(1)])
                _ = try? session.run(Self.add, [.integer(3)])
            }
        }
        #expect(error?.kind == .constraint)
        #expect(try await ids(engine) == [1])
    }

    @Test(arguments: TestEngine.available)
    func `a read sees one moment`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let (looked, hasLooked) = AsyncStream.makeStream(of: Void.self)
        let mayGoOn = DispatchSemaphore(value: 0)
        async let seen = engine.read { session in
            let before = try session.rows(Self.ids).count
            hasLooked.yield()
            let wait = mayGoOn.wait(timeout: .now() + 30)
            return (before, try session.rows(Self.ids).count, wait)
        }
        for await _ in looked { break }
        try await engine.write { _ = try $0.run(Self.add, [.integer(1)]) }
        mayGoOn.signal()
        let (before, after, wait) = try await seen
        #expect(before == 0 && after == 0 && wait == .success)
        #expect(try await ids(engine) == [1])
    }

    @Test(arguments: TestEngine.available)
    func `a counter is dense and rises in commit order`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let counter = Counter("number")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<150 {
                group.addTask {
                    do {
                        try await engine.write { session in
                            let first = try counter.take(2, in: session)
                            _ = try session.run(Self.add, batch: [[.integer(first)], [.integer(first + 1)]])
                            if writer % 3 == 0 { throw Refused() }
                        }
                    } catch is Refused {}
                }
                group.addTask {  // whoever sees number n sees every number below
                    let row = try await engine.read { try $0.row(Self.bounds) }
                    #expect(row?.values[0] == row?.values[1])
                }
            }
            try await group.waitForAll()
        }
        #expect(try await ids(engine) == Array(1...200))
        #expect(try await engine.write { try counter.take(in: $0) } == 201)
    }

    @Test(arguments: TestEngine.available)
    func `closing waits for what runs and refuses what comes`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let (begun, hasBegun) = AsyncStream.makeStream(of: Void.self)
        let mayGoOn = DispatchSemaphore(value: 0)
        async let value = engine.write { session in
            hasBegun.yield()
            let wait = mayGoOn.wait(timeout: .now() + 30)
            try session.run(Self.add, [.integer(1)])
            return wait == .success
        }
        for await _ in begun { break }
        async let closed: Void = engine.close()
        mayGoOn.signal()
        #expect(try await value)
        await closed
        await engine.close()
        let error = await #expect(throws: StorageError.self) { _ = try await engine.read { try $0.rows(Self.ids) } }
        #expect(error == StorageError(.unavailable, "The database is closed."))
        await #expect(throws: StorageError.self) { try await engine.write { _ = try $0.run(Self.add, [.integer(2)]) } }
    }

    @Test(arguments: TestEngine.available)
    func `thousands of calls at once are all served`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 0..<2000 { group.addTask { _ = try await engine.write { try $0.run(Self.add, [.int(id)]) } } }
            for _ in 0..<500 { group.addTask { _ = try await engine.read { try $0.row(Self.bounds) } } }
            try await group.waitForAll()
        }
        #expect(try await ids(engine) == Array(0..<2000))
    }
}
