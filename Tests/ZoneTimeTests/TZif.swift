/// Makes files of zone rules: one block, or the empty first block, the second and the footer.
struct TZif {
    var version: Character = "2"
    /// The offset at first.
    var first: Int32 = 0
    /// Seconds since 1970, ascending, and the offset from then on.
    var changes: [(second: Int64, offset: Int32)] = []
    var footer = ""
    var leapSeconds: [Int64] = []

    var bytes: [UInt8] {
        guard version != "1" else { return header("\0") + block(width: 4) }
        let empty = TZif(version: version)
        return empty.header(version) + empty.block(width: 4) + header(version) + block(width: 8) + Array("\n\(footer)\n".utf8)
    }

    private func header(_ version: Character) -> [UInt8] {
        var bytes = Array("TZif\(version)".utf8) + [UInt8](repeating: 0, count: 15)
        for count in [0, 0, leapSeconds.count, changes.count, changes.count + 1, 4] { bytes += integer(Int64(count), 4) }
        return bytes
    }

    /// Every change has a type of its own.
    private func block(width: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for change in changes { bytes += integer(change.second, width) }
        bytes += changes.indices.map { UInt8($0 + 1) }
        for offset in [first] + changes.map(\.offset) { bytes += integer(Int64(offset), 4) + [0, 0] }
        bytes += Array("ABC\0".utf8)
        for (index, second) in leapSeconds.enumerated() { bytes += integer(second, width) + integer(Int64(index + 1), 4) }
        return bytes
    }

    private func integer(_ value: Int64, _ width: Int) -> [UInt8] {
        (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
