/// The files of the system's zone rules, as RFC 9636 has them.
extension ZoneRules {
    /// Nil when the file is damaged or counts leap seconds.
    convenience init?(file: [UInt8]) {
        var reader = ByteReader(file)
        guard let header = Header(&reader) else { return nil }
        guard header.version > 0 else {
            guard let block = Block(&reader, header, as: Int32.self) else { return nil }
            self.init(first: block.first, changes: block.changes, footer: nil)
            return
        }
        // The first block is for readers that know 32 bits only; the second says the same and more.
        guard reader.skip(header.length(timeSize: 4)), let header = Header(&reader),
            let block = Block(&reader, header, as: Int64.self), let text = reader.line()
        else { return nil }
        let footer = FooterRule(text)
        guard text.isEmpty || footer != nil else { return nil }
        self.init(first: block.first, changes: block.changes, footer: footer)
    }
}

private struct Header {
    let version: UInt8
    let isUTCount, isStandardCount, leapCount, timeCount, typeCount, nameLength: Int

    init?(_ reader: inout ByteReader) {
        guard reader.take(4)?.elementsEqual("TZif".utf8) == true, let version = reader.take(1)?.first,
            version == 0 || (UInt8(ascii: "2")...UInt8(ascii: "9")).contains(version), reader.skip(15),
            let counts = reader.integers(6, as: UInt32.self)?.map(Int.init), (1...256).contains(counts[4])
        else { return nil }
        self.version = version
        (isUTCount, isStandardCount, leapCount, timeCount, typeCount, nameLength) =
            (counts[0], counts[1], counts[2], counts[3], counts[4], counts[5])
    }

    /// Bytes of the block that follows.
    func length(timeSize: Int) -> Int { timeCount * (timeSize + 1) + typeCount * 6 + rest(timeSize: timeSize) }

    /// Bytes of the block that come after the types.
    func rest(timeSize: Int) -> Int { nameLength + leapCount * (timeSize + 4) + isStandardCount + isUTCount }
}

private struct Block {
    /// The offset before the first change.
    let first: Int32
    let changes: [ZoneChange]

    init?<Time: FixedWidthInteger>(_ reader: inout ByteReader, _ header: Header, as time: Time.Type) {
        guard header.leapCount == 0, let times = reader.integers(header.timeCount, as: time),
            let types = reader.take(header.timeCount), let offsets = Self.offsets(&reader, header.typeCount),
            reader.skip(header.rest(timeSize: MemoryLayout<Time>.size)), types.allSatisfy({ $0 < offsets.count }),
            zip(times, times.dropFirst()).allSatisfy(<), times.allSatisfy({ $0.magnitude <= 1 << 60 })
        else { return nil }
        first = offsets[0]
        changes = zip(times, types).map { ZoneChange(second: Int64($0), offset: offsets[Int($1)]) }
    }

    /// The offsets of the types, which say too whether it is summer time and what it is called.
    private static func offsets(_ reader: inout ByteReader, _ count: Int) -> [Int32]? {
        var offsets: [Int32] = []
        for _ in 0..<count {
            guard let offset = reader.integers(1, as: Int32.self)?.first, reader.skip(2),
                abs(Int64(offset)) <= ZoneRules.largestOffset
            else { return nil }
            offsets.append(offset)
        }
        return offsets
    }
}

/// Reads bytes from the front; nil when there are too few.
private struct ByteReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func skip(_ count: Int) -> Bool { take(count) != nil }

    /// Integers with the highest byte first.
    mutating func integers<T: FixedWidthInteger>(_ count: Int, as type: T.Type) -> [T]? {
        let size = MemoryLayout<T>.size
        guard let bytes = take(count * size) else { return nil }
        return (0..<count).map { index in
            let start = bytes.startIndex + index * size
            return bytes[start..<start + size].reduce(T.zero) { $0 << 8 | T(truncatingIfNeeded: $1) }
        }
    }

    /// The text between two newlines.
    mutating func line() -> ArraySlice<UInt8>? {
        let newline = UInt8(ascii: "\n")
        guard take(1)?.first == newline, let end = rest.firstIndex(of: newline) else { return nil }
        return rest[..<end]
    }
}
