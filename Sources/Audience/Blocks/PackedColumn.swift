import Core

/// A property's values over the rows of a block, as they are stored and read frame by frame.
struct PackedColumn: Sendable {
    let kind: ColumnValues.Kind
    let places: Int
    let entries: [JSONValue]
    let numbers: PackedIntegers
    /// 1 for rows that have the property; nil when all have it, and for `coded`.
    let present: PackedIntegers?

    init(_ payload: [UInt8]) throws(DamagedBlock) {
        var reader = ByteReader(payload)
        guard let kind = ColumnValues.Kind(rawValue: try reader.byte()) else { throw DamagedBlock() }
        (self.kind, places) = (kind, Int(try reader.byte()))
        guard places <= 6 else { throw DamagedBlock() }
        let hasPresence = try reader.byte() == 1
        entries = try Self.entries(&reader)
        numbers = try PackedIntegers(&reader)
        present = hasPresence ? try PackedIntegers(&reader) : nil
    }

    private static func entries(_ reader: inout ByteReader) throws(DamagedBlock) -> [JSONValue] {
        let text = try reader.take(try reader.int())
        guard !text.isEmpty else { return [] }
        guard let list = try? JSONValue(parsing: Array(text)).array else { throw DamagedBlock() }
        return list
    }

    static func payload(_ column: ColumnValues, frame: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(column.kind.rawValue)
        writer.byte(UInt8(column.places))
        writer.byte(column.present == nil ? 0 : 1)
        let text = column.entries.isEmpty ? [] : Array(JSONValue.array(column.entries).text.utf8)
        writer.number(UInt64(text.count))
        writer.append(text)
        PackedIntegers.write(column.numbers, frame: frame, to: &writer)
        if let present = column.present { PackedIntegers.write(present.map { $0 ? 1 : 0 }, frame: frame, to: &writer) }
        return writer.bytes
    }

    func unpacked() -> ColumnValues {
        ColumnValues(kind: kind, numbers: numbers.all(), places: places, entries: entries, present: present?.all().map { $0 == 1 })
    }

    /// Bytes in memory, about.
    var footprint: Int { numbers.footprint + (present?.footprint ?? 0) + entries.count * 64 }
}
