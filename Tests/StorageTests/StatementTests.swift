import Core
import Storage
import StorageTesting
import Testing

@Suite struct StatementTests {
    private static let add = Query("t.item.add", "INSERT INTO item (id, word) VALUES ($1, $2)")
    private static let words = Query("t.item.words", "SELECT word FROM item ORDER BY id")

    private func engine(_ kind: TestEngine) async throws -> any SQLEngine {
        let engine = try await kind.empty()
        try await engine.write { session in
            let sql = session.dialect
            try session.execute(
                """
                CREATE TABLE item (id \(sql.integerType) PRIMARY KEY, word \(sql.textType) NOT NULL CHECK (word <> 'bad'),
                    parent \(sql.integerType) REFERENCES item (id), times \(sql.integerType) NOT NULL DEFAULT 1,
                    UNIQUE (word)) \(sql.tableOptions)
                """)
        }
        return engine
    }

    @Test(arguments: TestEngine.available)
    func `values may be used twice and in any order`(kind: TestEngine) async throws {
        let query = Query(
            "t.order",
            "SELECT CAST($3 AS TEXT), CAST($1 AS BIGINT), CAST($3 AS TEXT), CAST($2 AS TEXT), CAST($1 AS BIGINT) + 1")
        let row = try await engine(kind).read { try $0.row(query, [.integer(1), .text("two"), .text("three")]) }
        #expect(row?.values == [.text("three"), .integer(1), .text("three"), .text("two"), .integer(2)])
    }

    @Test(arguments: TestEngine.available)
    func `more than nine values keep their places`(kind: TestEngine) async throws {
        let query = Query("t.twelve", "SELECT " + (1...12).reversed().map { "CAST($\($0) AS BIGINT)" }.joined(separator: ", "))
        let row = try await engine(kind).read { try $0.row(query, (1...12).map(SQLValue.int)) }
        #expect(row?.values == (1...12).reversed().map(SQLValue.int))
    }

    @Test(arguments: TestEngine.available)
    func `RETURNING gives the rows that changed`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let query = Query("t.returning", "INSERT INTO item (id, word) VALUES ($1, $2), ($1 + 1, $3) RETURNING id, word")
        let rows = try await engine.write { try $0.rows(query, [.integer(1), .text("a"), .text("b")]).map(\.values) }
        #expect(rows == [[.integer(1), .text("a")], [.integer(2), .text("b")]])
        #expect(try await engine.read { try $0.rows(Self.words).count } == 2)
    }

    @Test(arguments: TestEngine.available)
    func `an upsert inserts or counts`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let query = Query(
            "t.upsert",
            "INSERT INTO item (id, word) VALUES ($1, $2) ON CONFLICT (word) DO UPDATE SET times = item.times + 1 RETURNING id, times")
        let rows = try await engine.write { session in
            try session.rows(query, batch: [[.integer(1), .text("a")], [.integer(2), .text("a")], [.integer(3), .text("b")]])
        }
        #expect(
            rows.map { $0.map(\.values) } == [
                [[.integer(1), .integer(1)]], [[.integer(1), .integer(2)]], [[.integer(3), .integer(1)]],
            ])
    }

    @Test(arguments: TestEngine.available)
    func `the number of changed rows is told`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let update = Query("t.update", "UPDATE item SET times = 5 WHERE id <= $1")
        let skip = Query("t.skip", "INSERT INTO item (id, word) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        let counts = try await engine.write { session in
            let inserted = try session.run(Self.add, batch: (1...10).map { [.int($0), .text("w\($0)")] })
            let skipped = try session.run(skip, [.integer(1), .text("other")])
            let updated = try session.run(update, batch: [[.integer(3)], [.integer(0)], [.integer(100)]])
            return inserted + [skipped] + updated + [try session.run(Self.words, [])]
        }
        #expect(counts == Array(repeating: 1, count: 10) + [0, 3, 0, 10, 0])
    }

    @Test(arguments: TestEngine.available)
    func `batches of every size work`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        var next = 1
        for size in [0, 1, 2, 499, 500, 501, 1733] {
            let first = next
            let batch: [[SQLValue]] = (first..<first + size).map { [.int($0), .text("w\($0)")] }
            #expect(try await engine.write { try $0.run(Self.add, batch: batch) } == batch.map { _ in 1 })
            next += size
        }
        let query = Query("t.find", "SELECT id FROM item WHERE word = $1")
        let found = try await engine.read { try $0.rows(query, batch: (0...1200).map { [.text("w\($0)")] }) }
        #expect(try found.map { try $0.map { try $0.int(0) } } == [[]] + (1...1200).map { [$0] })
    }

    @Test(
        arguments: TestEngine.available,
        [
            ("duplicate key", [SQLValue.integer(1), .text("new")], StorageError.Kind.constraint),
            ("duplicate word", [.integer(9), .text("first")], .constraint),
            ("check", [.integer(9), .text("bad")], .constraint),
            ("not null", [.integer(9), .null], .constraint),
            ("one value missing", [.integer(9)], .failed),
            ("one value too many", [.integer(9), .text("x"), .text("y")], .failed),
        ])
    func `a refused row has its kind and no value in the message`(
        kind: TestEngine, row: (String, [SQLValue], StorageError.Kind)
    ) async throws {
        let engine = try await engine(kind)
        try await engine.write { _ = try $0.run(Self.add, [.integer(1), .text("first")]) }
        let error = await #expect(throws: StorageError.self) { _ = try await engine.write { try $0.run(Self.add, row.1) } }
        #expect(error?.kind == row.2)
        #expect(error?.message.hasPrefix("t.item.add: ") == true)
        #expect(error?.message.contains("first") == false)
        let inBatch = await #expect(throws: StorageError.self) {
            _ = try await engine.write { try $0.run(Self.add, batch: [[.integer(5), .text("fine")], row.1, [.integer(6), .text("ok")]]) }
        }
        #expect(inBatch == error)
        #expect(try await engine.read { try $0.rows(Self.words).map { try $0.text(0) } } == ["first"])
    }

    @Test(arguments: TestEngine.available)
    func `a foreign key is a constraint`(kind: TestEngine) async throws {
        let query = Query("t.orphan", "INSERT INTO item (id, word, parent) VALUES (1, 'x', 77)")
        let engine = try await engine(kind)
        let error = await #expect(throws: StorageError.self) { _ = try await engine.write { try $0.run(query, []) } }
        #expect(error?.kind == .constraint)
    }

    @Test(arguments: TestEngine.available)
    func `a mistake in a statement names the query and leaves the engine usable`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        for _ in 0..<10 {
            let error = await #expect(throws: StorageError.self) {
                _ = try await engine.read { try $0.rows(Query("t.mistake", "SELECT nothing FROM nowhere")) }
            }
            #expect(error?.kind == .failed)
            #expect(error?.message.hasPrefix("t.mistake: ") == true)
        }
        #expect(try await engine.read { try $0.rows(Self.words).isEmpty })
    }

    @Test(arguments: TestEngine.available)
    func `a read may not write`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let error = await #expect(throws: StorageError.self) {
            _ = try await engine.read { try $0.run(Self.add, [.integer(1), .text("x")]) }
        }
        #expect(error?.kind == .failed)
        try await engine.write { _ = try $0.run(Self.add, [.integer(1), .text("x")]) }
    }

    @Test(arguments: TestEngine.available)
    func `lists become tables`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let words = ["a", "it's", "\"quoted\"", "ü\n", "$1", ""]
        try await engine.write { _ = try $0.run(Self.add, batch: words.enumerated().map { [.int($0 + 1), .text($1)] }) }
        let byID = Query("t.ids") { "SELECT word FROM item WHERE id IN \($0.integers("$1")) ORDER BY id" }
        let byWord = Query("t.texts") { "SELECT id FROM item WHERE word IN \($0.texts("$1")) ORDER BY id" }
        let ids = [5, 2, 99].map { AccountID(rawValue: $0) }
        #expect(try await engine.read { try $0.rows(byID, [.list(ids)]).map { try $0.text(0) } } == ["it's", "$1"])
        #expect(try await engine.read { try $0.rows(byWord, [.list(words)]).count } == words.count)
        #expect(try await engine.read { try $0.rows(byWord, [.list(["it's", ""])]).map { try $0.int(0) } } == [2, 6])
        #expect(try await engine.read { try $0.rows(byID, [.list([AccountID]())]).isEmpty })
    }

    @Test(arguments: TestEngine.available)
    func `texts sort by bytes`(kind: TestEngine) async throws {
        let engine = try await engine(kind)
        let words = ["b", "B", "a", "ä", "Z", "_", "10", "9", "é", "😀", "\u{FFFD}"]
        try await engine.write { _ = try $0.run(Self.add, batch: words.enumerated().map { [.int($0), .text($1)] }) }
        let sorted = try await engine.read { try $0.rows(Query("t.sorted", "SELECT word FROM item ORDER BY word")).map { try $0.text(0) } }
        #expect(sorted == words.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    }
}
