import Core
import Schema
import Storage
import StorageTesting
import Testing

@Suite struct SchemaTests {
    private static let versions = Query("t.versions", "SELECT name, applied_at FROM schema_version ORDER BY number")
    private static let clock = WallClock.fixed(Timestamp(seconds: 1_700_000_000))

    private func names(_ engine: any SQLEngine) async throws -> [String] {
        try await engine.read { try $0.rows(Self.versions).map { try $0.text(0) } }
    }

    @Test func `steps are numbered upwards from one`() {
        let numbers = Migration.all.map(\.number)
        #expect(numbers.first == 1)
        #expect(numbers == Set(numbers).sorted())
        for step in Migration.all { #expect(Int(step.name.prefix(4)) == step.number) }
    }

    @Test(arguments: TestEngine.available)
    func `migrating twice does nothing`(kind: TestEngine) async throws {
        let engine = try await kind.empty()
        let schema = Schema(engine: engine, clock: Self.clock)
        #expect(try await schema.migrate() == Migration.all.map(\.name))
        #expect(try await schema.migrate().isEmpty)
        #expect(try await names(engine) == Migration.all.map(\.name))
        let times = try await engine.read { try $0.rows(Self.versions).map { try $0.time(1) } }
        #expect(times.allSatisfy { $0 == Timestamp(seconds: 1_700_000_000) })
    }

    @Test(arguments: TestEngine.available)
    func `a database newer than the program is refused`(kind: TestEngine) async throws {
        let engine = try await kind.make()
        let error = await #expect(throws: SettingsError.self) {
            try await Schema(engine: engine).migrate(Array(Migration.all.prefix(2)))
        }
        #expect(error?.description.contains("version \(Migration.all.last?.number ?? 0), this program knows 2") == true)
    }

    @Test(arguments: TestEngine.available)
    func `an interrupted upgrade goes on where it stopped`(kind: TestEngine) async throws {
        let engine = try await kind.empty()
        let schema = Schema(engine: engine)
        _ = try await schema.migrate(Array(Migration.all.prefix(2)))
        // The third step will fail at its last statement, and must leave nothing behind.
        try await engine.write { try $0.execute("CREATE TABLE template (id BIGINT)") }
        let error = await #expect(throws: StorageError.self) { try await schema.migrate() }
        #expect(error?.message.contains("template") == true)
        #expect(try await names(engine) == Migration.all.prefix(2).map(\.name))
        try await engine.write { try $0.execute("DROP TABLE template") }
        #expect(try await schema.migrate() == Migration.all.dropFirst(2).map(\.name))
    }

    @Test(arguments: TestEngine.available)
    func `programs that start together take turns`(kind: TestEngine) async throws {
        let engine = try await kind.empty()
        let ran = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<5 { group.addTask { try await Schema(engine: engine).migrate() } }
            return try await group.reduce([], +)
        }
        #expect(ran.sorted() == Migration.all.map(\.name))
    }
}
