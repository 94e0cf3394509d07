import Core
import Storage

/// The statements on `segment_member`: a list's people in chunks of 65,536 ids.
enum MemberTable {
    static let all = Query("segment_member.all", "SELECT chunk, people FROM segment_member WHERE segment_id = $1 ORDER BY chunk")
    static let insert = Query("segment_member.insert", "INSERT INTO segment_member (segment_id, chunk, people) VALUES ($1, $2, $3)")
    static let delete = Query("segment_member.delete", "DELETE FROM segment_member WHERE segment_id = $1")
    static let copy = Query(
        "segment_member.copy",
        "INSERT INTO segment_member (segment_id, chunk, people) SELECT $1, chunk, people FROM segment_member WHERE segment_id = $2")
}

/// A chunk as bytes: where few of its ids are in, their lower 16 bits in order, low byte first; else one bit for each id. Which
/// of them it is, the length tells.
enum MemberChunk {
    private static let bitmapLength = PeopleSet.chunkSize / 8

    /// Nil where nobody is.
    static func bytes(_ words: [UInt64]) -> [UInt8]? {
        let count = words.reduce(0) { $0 + $1.nonzeroBitCount }
        guard count > 0 else { return nil }
        return count * 2 < bitmapLength ? places(words) : words.flatMap(littleEndian)
    }

    /// Nil for bytes that are no chunk.
    static func words(_ bytes: [UInt8]) -> [UInt64]? {
        guard bytes.count <= bitmapLength, bytes.count.isMultiple(of: 2) else { return nil }
        var words = PeopleSet.emptyChunk
        if bytes.count == bitmapLength {
            for (place, byte) in bytes.enumerated() { words[place / 8] |= UInt64(byte) << UInt64(place % 8 * 8) }
        } else {
            for place in stride(from: 0, to: bytes.count, by: 2) {
                let id = Int(bytes[place]) | Int(bytes[place + 1]) << 8
                words[id / 64] |= 1 << UInt64(id % 64)
            }
        }
        return words
    }

    private static func places(_ words: [UInt64]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (place, word) in words.enumerated() {
            var bits = word
            while bits != 0 {
                let id = place * 64 + bits.trailingZeroBitCount
                bytes += [UInt8(id & 255), UInt8(id >> 8)]
                bits &= bits - 1
            }
        }
        return bytes
    }

    private static func littleEndian(_ word: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) } }
}
