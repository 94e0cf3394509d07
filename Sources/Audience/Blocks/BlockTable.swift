import Core
import Storage

/// What is known of a block of events without reading it.
struct EventBlock: Hashable, Sendable {
    var id: Int64
    var account: AccountID
    var name: EventNameID
    /// Which stretch of time it lies in.
    var stretch: Int64
    var from: Int64
    /// The time of the last event, included.
    var to: Int64
    var people: ClosedRange<Int64>
    var rows: Int
    /// Whether it may still be merged.
    var isOpen: Bool
}

/// What is known of a block of people without reading it.
struct ProfileBlock: Hashable, Sendable {
    var id: Int64
    var account: AccountID
    /// The upper bits of the ids.
    var chunk: Int
    /// The newest change that is in it; of two blocks the one with the higher number counts.
    var revision: Int64
    var rows: Int
}

/// The statements on the tables of blocks. A block is never changed: merging makes a new one, with an id that was never used, and
/// removes the old.
enum BlockTable {
    private static let ids = Counter("block")

    static func cursor(_ name: String, in session: any SQLSession) throws -> Int64 {
        try session.row(findCursor, [.text(name)])?.integer(0) ?? 0
    }

    /// Moves a cursor that stands where it is thought to be, or was never moved; false when another process was faster.
    static func move(_ name: String, from: Int64, to: Int64, in session: any SQLSession) throws -> Bool {
        try session.run(moveCursor, [.text(name), .integer(from), .integer(to)]) == 1
    }

    static func add(_ blocks: [(header: EventBlock, block: NewBlock)], in session: any SQLSession) throws {
        guard !blocks.isEmpty else { return }
        let first = try ids.take(blocks.count, in: session)
        try session.run(
            insertEvents,
            batch: blocks.enumerated().map { place, new in
                let header = new.header
                return [
                    .integer(first + Int64(place)), .id(header.account), .id(header.name), .integer(header.stretch),
                    .integer(header.from), .integer(header.to), .integer(header.people.lowerBound),
                    .integer(header.people.upperBound), .int(header.rows), .int(new.block.bytes), .flag(header.isOpen),
                ]
            })
        try add(blocks.map(\.block), from: first, in: session)
    }

    static func add(_ blocks: [(header: ProfileBlock, block: NewBlock)], in session: any SQLSession) throws {
        guard !blocks.isEmpty else { return }
        let first = try ids.take(blocks.count, in: session)
        try session.run(
            insertPeople,
            batch: blocks.enumerated().map { place, new in
                [
                    .integer(first + Int64(place)), .id(new.header.account), .int(new.header.chunk), .integer(new.header.revision),
                    .int(new.header.rows), .int(new.block.bytes),
                ]
            })
        try add(blocks.map(\.block), from: first, in: session)
    }

    private static func add(_ blocks: [NewBlock], from first: Int64, in session: any SQLSession) throws {
        var id = try ids.take(blocks.reduce(0) { $0 + $1.columns.count }, in: session)
        var values: [[SQLValue]] = []
        for (place, block) in blocks.enumerated() {
            for column in block.columns {
                values.append([.integer(id), .integer(first + Int64(place)), .text(column.name), .blob(column.payload)])
                id += 1
            }
        }
        try session.run(insertColumn, batch: values)
    }

    /// False when one of them is gone: another process was faster.
    static func removeEvents(_ blocks: [Int64], in session: any SQLSession) throws -> Bool {
        let removed = try session.run(deleteEvents, [.integers(blocks)])
        try session.run(deleteColumns, [.integers(blocks)])
        return removed == blocks.count
    }

    static func removePeople(_ blocks: [Int64], in session: any SQLSession) throws -> Bool {
        let removed = try session.run(deletePeople, [.integers(blocks)])
        try session.run(deleteColumns, [.integers(blocks)])
        return removed == blocks.count
    }

    static func clear(in session: any SQLSession) throws {
        for query in [clearColumns, clearEvents, clearPeople, clearCursors] { try session.run(query, []) }
    }

    /// The blocks of a name in which there may be events from one moment on, up to and without another.
    static func events(of name: EventNameID, from: Int64, to: Int64, in session: any SQLSession) throws -> [EventBlock] {
        try session.rows(findEvents, [.id(name), .integer(from), .integer(to)]).map(EventBlock.init(row:))
    }

    static func events(after id: Int64, upTo limit: Int, in session: any SQLSession) throws -> [EventBlock] {
        try session.rows(someEvents, [.integer(id), .int(limit)]).map(EventBlock.init(row:))
    }

    /// Blocks that may be merged, of names and stretches that have at least so many.
    static func mergeable(atLeast count: Int, in session: any SQLSession) throws -> [EventBlock] {
        try session.rows(openEvents, [.int(count)]).map(EventBlock.init(row:))
    }

    /// The newest first.
    static func people(of account: AccountID, in session: any SQLSession) throws -> [ProfileBlock] {
        try session.rows(findPeople, [.id(account)]).map(ProfileBlock.init(row:))
    }

    static func accounts(in session: any SQLSession) throws -> [AccountID] {
        try session.rows(allAccounts).map { try $0.id(0) }
    }

    /// Blocks of people who have more than one, the newest first.
    static func stackedPeople(in session: any SQLSession) throws -> [ProfileBlock] {
        try session.rows(stacks).map(ProfileBlock.init(row:))
    }

    static func columns(of block: Int64, in session: any SQLSession) throws -> [String: [UInt8]] {
        var columns: [String: [UInt8]] = [:]
        for row in try session.rows(allColumns, [.integer(block)]) { columns[try row.text(0)] = try row.blob(1) }
        return columns
    }

    /// One column of some blocks; those that do not have it are left out.
    static func column(_ name: String, of blocks: [Int64], in session: any SQLSession) throws -> [Int64: [UInt8]] {
        var payloads: [Int64: [UInt8]] = [:]
        for row in try session.rows(oneColumn, [.text(name), .integers(blocks)]) { payloads[try row.integer(0)] = try row.blob(1) }
        return payloads
    }
}

extension BlockTable {
    private static let eventColumns = """
        id, account_id, name_id, stretch, from_at, to_at, first_profile, last_profile, row_count, is_open
        """
    private static let peopleColumns = "id, account_id, chunk, revision, row_count"

    private static let findCursor = Query("block_cursor.find", "SELECT value FROM block_cursor WHERE name = $1")
    private static let moveCursor = Query(
        "block_cursor.move",
        """
        INSERT INTO block_cursor (name, value) VALUES ($1, $3)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE block_cursor.value = $2
        """)
    private static let insertEvents = Query(
        "event_block.insert",
        """
        INSERT INTO event_block (id, account_id, name_id, stretch, from_at, to_at, first_profile, last_profile, row_count, byte_count,
            is_open)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """)
    private static let insertPeople = Query(
        "profile_block.insert",
        "INSERT INTO profile_block (id, account_id, chunk, revision, row_count, byte_count) VALUES ($1, $2, $3, $4, $5, $6)")
    private static let insertColumn = Query(
        "block_column.insert", "INSERT INTO block_column (id, block_id, name, payload) VALUES ($1, $2, $3, $4)")
    private static let deleteEvents = Query("event_block.delete") { sql in
        "DELETE FROM event_block WHERE \(sql.among("id", integers: "$1"))"
    }
    private static let deletePeople = Query("profile_block.delete") { sql in
        "DELETE FROM profile_block WHERE \(sql.among("id", integers: "$1"))"
    }
    private static let deleteColumns = Query("block_column.delete") { sql in
        "DELETE FROM block_column WHERE \(sql.among("block_id", integers: "$1"))"
    }
    private static let clearColumns = Query("block_column.clear", "DELETE FROM block_column")
    private static let clearEvents = Query("event_block.clear", "DELETE FROM event_block")
    private static let clearPeople = Query("profile_block.clear", "DELETE FROM profile_block")
    private static let clearCursors = Query("block_cursor.clear", "UPDATE block_cursor SET value = 0")
    private static let findEvents = Query(
        "event_block.find",
        "SELECT \(eventColumns) FROM event_block WHERE name_id = $1 AND to_at >= $2 AND from_at < $3 ORDER BY from_at, id")
    private static let someEvents = Query(
        "event_block.some", "SELECT \(eventColumns) FROM event_block WHERE id > $1 ORDER BY id LIMIT $2")
    private static let openEvents = Query(
        "event_block.open",
        """
        SELECT \(eventColumns.split(separator: ", ").map { "b.\($0)" }.joined(separator: ", ")) FROM event_block b JOIN (
            SELECT name_id, stretch FROM event_block WHERE is_open = 1 GROUP BY name_id, stretch HAVING COUNT(*) >= $1
        ) g ON g.name_id = b.name_id AND g.stretch = b.stretch
        WHERE b.is_open = 1 ORDER BY b.name_id, b.stretch, b.row_count, b.id
        """)
    private static let findPeople = Query(
        "profile_block.find", "SELECT \(peopleColumns) FROM profile_block WHERE account_id = $1 ORDER BY chunk, revision DESC")
    private static let allAccounts = Query("profile_block.accounts", "SELECT id FROM account")
    private static let stacks = Query(
        "profile_block.stacks",
        """
        SELECT b.id, b.account_id, b.chunk, b.revision, b.row_count FROM profile_block b JOIN (
            SELECT account_id, chunk FROM profile_block GROUP BY account_id, chunk HAVING COUNT(*) > 1
        ) g ON g.account_id = b.account_id AND g.chunk = b.chunk
        ORDER BY b.account_id, b.chunk, b.revision DESC
        """)
    private static let allColumns = Query("block_column.all", "SELECT name, payload FROM block_column WHERE block_id = $1")
    private static let oneColumn = Query("block_column.one") { sql in
        "SELECT block_id, payload FROM block_column WHERE name = $1 AND \(sql.among("block_id", integers: "$2"))"
    }
}

extension EventBlock {
    fileprivate init(row: SQLRow) throws(StorageError) {
        self.init(
            id: try row.integer(0), account: try row.id(1), name: try row.id(2), stretch: try row.integer(3), from: try row.integer(4),
            to: try row.integer(5), people: try row.integer(6)...row.integer(7), rows: try row.int(8), isOpen: try row.flag(9))
    }
}

extension ProfileBlock {
    fileprivate init(row: SQLRow) throws(StorageError) {
        self.init(
            id: try row.integer(0), account: try row.id(1), chunk: try row.int(2), revision: try row.integer(3), rows: try row.int(4))
    }
}

extension SQLValue {
    /// For `Dialect.integers`.
    fileprivate static func integers(_ numbers: [Int64]) -> SQLValue { .json(.array(numbers.map(JSONValue.int))) }
}
