/// Bytes of a block on their way to the database.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// Seven bits a byte, the lowest first.
    mutating func number(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// With the sign in the lowest bit, so that numbers near zero are short.
    mutating func signed(_ number: Int64) { self.number(UInt64(bitPattern: number << 1 ^ number >> 63)) }
}

/// Reads what a `ByteWriter` wrote.
struct ByteReader {
    let bytes: [UInt8]
    private(set) var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func byte() throws(DamagedBlock) -> UInt8 {
        guard at < bytes.count else { throw DamagedBlock() }
        at += 1
        return bytes[at - 1]
    }

    mutating func number() throws(DamagedBlock) -> UInt64 {
        var (number, shift): (UInt64, UInt64) = (0, 0)
        while shift < 64 {
            let byte = try byte()
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        throw DamagedBlock()
    }

    mutating func int() throws(DamagedBlock) -> Int {
        guard let number = Int(exactly: try number()) else { throw DamagedBlock() }
        return number
    }

    mutating func signed() throws(DamagedBlock) -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    mutating func take(_ count: Int) throws(DamagedBlock) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - at else { throw DamagedBlock() }
        at += count
        return bytes[(at - count)..<at]
    }
}

/// A block that cannot be read. Blocks are derived data: `whimbrel` makes them anew from the rows.
package struct DamagedBlock: Error, CustomStringConvertible {
    package var description: String { "A block of the database is damaged; have the blocks built anew." }
}
