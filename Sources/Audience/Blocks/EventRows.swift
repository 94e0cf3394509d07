import Core
import Profiles

/// The rows of one block of events, unpacked: one event name, by person and time.
struct EventRows: Sendable {
    var people: [Int64] = []
    /// Microseconds.
    var times: [Int64] = []
    var columns: [String: ColumnValues] = [:]

    var count: Int { people.count }

    init(people: [Int64], times: [Int64], columns: [String: ColumnValues]) {
        (self.people, self.times, self.columns) = (people, times, columns)
    }

    init(_ events: [(person: Int64, time: Int64, properties: [String: JSONValue])]) {
        let events = events.sorted { ($0.person, $0.time) < ($1.person, $1.time) }
        (people, times) = (events.map(\.person), events.map(\.time))
        let names = events.reduce(into: Set<String>()) { $0.formUnion($1.properties.keys) }
        for name in names { columns[name] = ColumnValues(events.map { $0.properties[name] }) }
    }

    /// The rows of all, in order.
    static func merged(_ parts: [EventRows]) -> EventRows {
        let names = parts.reduce(into: Set<String>()) { $0.formUnion($1.columns.keys) }
        var columns: [String: ColumnValues] = [:]
        for name in names { columns[name] = ColumnValues.joined(parts.map { ($0.columns[name], $0.count) }) }
        return EventRows(people: parts.flatMap(\.people), times: parts.flatMap(\.times), columns: columns).sorted()
    }

    private func sorted() -> EventRows {
        picking(Array(0..<count).sorted { (people[$0], times[$0]) < (people[$1], times[$1]) })
    }

    func picking(_ rows: [Int]) -> EventRows {
        EventRows(people: rows.map { people[$0] }, times: rows.map { times[$0] }, columns: columns.mapValues { $0.picking(rows) })
    }

    /// Parts of at most `limit` rows, each with a stretch of time of its own.
    func split(limit: Int) -> [EventRows] {
        guard count > limit else { return [self] }
        let parts = (count + limit - 1) / limit
        let byTime = Array(0..<count).sorted { (times[$0], $0) < (times[$1], $1) }
        return (0..<parts).map { part in picking(byTime[(part * count / parts)..<((part + 1) * count / parts)].sorted()) }
    }
}

/// Names of a block's columns: those of properties begin with a dot, so that no property can be taken for another.
enum ColumnName {
    static let people = "#people"
    static let times = "#times"
    /// Email 1, phone 2, opted in 4, ever said something about WhatsApp 8.
    static let reach = "#reach"
    static func property(_ name: String) -> String { ".\(name)" }
}

/// A block on its way into the database.
struct NewBlock: Sendable {
    var columns: [(name: String, payload: [UInt8])]
    var bytes: Int { columns.reduce(0) { $0 + $1.payload.count } }
}

extension EventRows {
    func packed(frame: Int) -> NewBlock {
        let properties = columns.map { (ColumnName.property($0.key), PackedColumn.payload($0.value, frame: frame)) }
        return NewBlock(
            columns: [
                (ColumnName.people, Self.payload(people, ascending: true, frame: frame)),
                (ColumnName.times, Self.payload(times, frame: frame)),
            ] + properties)
    }

    static func payload(_ numbers: [Int64], ascending: Bool = false, frame: Int) -> [UInt8] {
        var writer = ByteWriter()
        PackedIntegers.write(numbers, ascending: ascending, frame: frame, to: &writer)
        return writer.bytes
    }

    /// - Parameter stored: a block's columns by their names.
    init(stored: [String: [UInt8]]) throws(DamagedBlock) {
        people = try Self.numbers(stored[ColumnName.people])
        times = try Self.numbers(stored[ColumnName.times])
        for (name, payload) in stored where name.hasPrefix(".") {
            columns[String(name.dropFirst())] = try PackedColumn(payload).unpacked()
        }
    }

    static func numbers(_ payload: [UInt8]?) throws(DamagedBlock) -> [Int64] {
        guard let payload else { throw DamagedBlock() }
        var reader = ByteReader(payload)
        return try PackedIntegers(&reader).all()
    }
}
