/// How large blocks are. The defaults are what was measured to do well (`docs/decisions/0018-columnar-blocks.md`); tests take
/// tiny ones.
package struct BlockSizes: Hashable, Sendable {
    /// Rows that are unpacked at once.
    package var frame = 1024
    /// The most rows of a block of events.
    package var rows = 131_072
    /// So many blocks of about one size, a name and a stretch of time become one.
    package var fanIn = 4
    /// The most events that are taken from the log at once.
    package var events = 65_536
    /// The most people whose changes are taken at once.
    package var people = 32_768
    /// Blocks do not reach from one stretch of time into another; 30 days.
    package var stretch = Duration.seconds(30 * 86_400)

    package init() {}

    /// Blocks of one level are merged.
    func level(_ rows: Int) -> Int { Int.bitWidth - rows.leadingZeroBitCount >> 1 }
}
