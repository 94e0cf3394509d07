import Core
import Storage
import StorageTesting
import Testing

@Suite struct ValueTests {
    private static let add = Query("t.add", "INSERT INTO sample (id, whole, float, word, bytes) VALUES ($1, $2, $3, $4, $5)")
    private static let all = Query("t.all", "SELECT whole, float, word, bytes FROM sample ORDER BY id")

    private static let rows: [[SQLValue]] = [
        [.null, .null, .null, .null],
        [.integer(0), .real(0), .text(""), .blob([])],
        [.integer(.max), .real(.greatestFiniteMagnitude), .text("Zoë 👩‍👩‍👧‍👦 🇮🇳 नमस्ते"), .blob([0, 255, 0])],
        [.integer(.min), .real(-.leastNonzeroMagnitude), .text("a'b\"c\\d\n\t%$1 ?"), .blob(Array(0...255))],
        [.integer(-1), .real(0.1), .text("\u{FFFF}\u{10FFFF}\u{1}\u{7F}"), .blob([92, 120])],
        [.integer(1), .real(1.0 / 3), .text(String(repeating: "ü", count: 100_000)), .blob(Array(repeating: 7, count: 300_000))],
        [.integer(42), .real(.infinity), .text("\\x41"), .blob(Array("\\x41".utf8))],
    ]

    private func engine(_ kind: TestEngine) async throws -> any SQLEngine {
        let engine = try await kind.empty()
        try await engine.write { session in
            let sql = session.dialect
            try session.execute(
                """
                CREATE TABLE sample (id \(sql.integerType) PRIMARY KEY, whole \(sql.integerType), float \(sql.realType),
                    word \(sql.textType), bytes \(sql.blobType)) \(sql.tableOptions)
                """)
        }
        return engine
    }

    @Test(arguments: TestEngine.available)
    func `values come back as they went in`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        try await engine.write { session in
            for (id, row) in Self.rows.enumerated() { try session.run(Self.add, [.int(id)] + row) }
        }
        let found = try await engine.read { try $0.rows(Self.all).map(\.values) }
        #expect(found == Self.rows)
    }

    @Test(arguments: TestEngine.available)
    func `values come back as they went in through a batch`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let changed = try await engine.write { session in
            try session.run(Self.add, batch: Self.rows.enumerated().map { [.int($0)] + $1 })
        }
        #expect(changed == Self.rows.map { _ in 1 })
        #expect(try await engine.read { try $0.rows(Self.all).map(\.values) } == Self.rows)
    }

    @Test(arguments: TestEngine.available)
    func `expressions have the same types everywhere`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        try await engine.write { session in
            for id in 1...3 { try session.run(Self.add, [.int(id), .int(id), .real(Double(id)), .text("w"), .null]) }
        }
        let query = Query(
            "t.types",
            "SELECT COUNT(*), SUM(whole), SUM(float), MAX(word), AVG(float), whole = 1 FROM sample GROUP BY whole = 1 ORDER BY 1")
        let rows = try await engine.read { try $0.rows(query).map(\.values) }
        #expect(
            rows == [
                [.integer(1), .integer(1), .real(1), .text("w"), .real(1), .integer(1)],
                [.integer(2), .integer(5), .real(5), .text("w"), .real(2.5), .integer(0)],
            ])
    }

    @Test(arguments: TestEngine.available)
    func `a text with U+0000 is refused`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let error = await #expect(throws: StorageError.self) {
            _ = try await engine.write { try $0.run(Self.add, [.integer(1), .null, .null, .text("a\u{0}b"), .null]) }
        }
        #expect(error == StorageError(.failed, "t.add: the text for $4 holds U+0000, which cannot be stored"))
    }

    @Test(arguments: TestEngine.available)
    func `a real that is no number is refused`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        await #expect(throws: StorageError(.failed, "t.add: the value for $3 is not a number")) {
            _ = try await engine.write { try $0.run(Self.add, [.integer(1), .null, .real(.nan), .null, .null]) }
        }
    }

    @Test(arguments: TestEngine.available)
    func `a column of another type is a mismatch`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        try await engine.write { _ = try $0.run(Self.add, [.integer(1), .integer(5), .real(1), .text("{"), .null]) }
        let error = await #expect(throws: StorageError.self) {
            _ = try await engine.read { try $0.row(Self.all)?.text(0) }
        }
        #expect(error?.kind == .mismatch)
        await #expect(throws: StorageError.self) { _ = try await engine.read { try $0.row(Self.all)?.json(2) } }
    }
}
