/// A gzip file (RFC 1952) of about a hundred kilobytes that unpacks to 16 MiB of blanks. It is one block of fixed codes
/// (RFC 1951, 3.2.6): a blank, then "258 bytes again from one byte before" as often as it takes.
enum GzipBomb {
    private static let repeats = 65_028
    /// What comes out.
    static let unpackedCount = 1 + 258 * repeats

    static let bytes: [UInt8] = {
        let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        return header + block + littleEndian(checksum) + littleEndian(UInt32(unpackedCount))
    }()

    private static let block: [UInt8] = {
        var bits = Bits()
        bits.append(0b1, count: 1)  // the last block
        bits.append(0b01, count: 2)  // fixed codes
        bits.append(reversed(0x30 + 0x20, 8), count: 8)  // a blank
        for _ in 0..<repeats {
            bits.append(reversed(0b1100_0101, 8), count: 8)  // code 285: length 258
            bits.append(0, count: 5)  // distance 1
        }
        bits.append(0, count: 7)  // the end of the block
        return bits.finished
    }()

    /// CRC-32 of the blanks.
    private static let checksum: UInt32 = {
        let table: [UInt32] = (0..<256).map { byte in
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
            return crc
        }
        return table.withUnsafeBufferPointer { table in
            var crc: UInt32 = .max
            for _ in 0..<unpackedCount {
                let place = Int((crc ^ 0x20) & 0xFF)
                crc = table[place] ^ (crc >> 8)
            }
            return ~crc
        }
    }()

    private static func littleEndian(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }

    /// Codes are written from their highest bit, everything else from the lowest.
    private static func reversed(_ code: UInt32, _ count: Int) -> UInt32 {
        var (rest, result) = (code, UInt32(0))
        for _ in 0..<count {
            result = result << 1 | rest & 1
            rest >>= 1
        }
        return result
    }

    private struct Bits {
        private var bytes: [UInt8] = []
        private var open: UInt32 = 0
        private var openCount = 0

        mutating func append(_ bits: UInt32, count: Int) {
            open |= bits << UInt32(openCount)
            openCount += count
            while openCount >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: open))
                open >>= 8
                openCount -= 8
            }
        }

        var finished: [UInt8] { openCount > 0 ? bytes + [UInt8(truncatingIfNeeded: open)] : bytes }
    }
}
