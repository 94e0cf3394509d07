import Core
import Storage

/// Gets columns of blocks, from the cache or from the database.
struct ColumnLoader {
    let session: any SQLSession
    let cache: BlockCache
    /// Blocks whose column is read with one statement; some megabytes.
    private static let atOnce = 64

    func numbers(_ name: String, of blocks: [Int64]) throws -> [Int64: PackedIntegers] {
        try columns(name, of: blocks) { payload in
            var reader = ByteReader(payload)
            return .numbers(try PackedIntegers(&reader))
        }.compactMapValues { if case .numbers(let numbers) = $0 { numbers } else { nil } }
    }

    /// Blocks in which nobody has the property are left out.
    func properties(_ name: String, of blocks: [Int64]) throws -> [Int64: PackedColumn] {
        try columns(name, of: blocks) { .property(try PackedColumn($0)) }
            .compactMapValues { if case .property(let column) = $0 { column } else { nil } }
    }

    private func columns(
        _ name: String, of blocks: [Int64], _ parse: ([UInt8]) throws -> BlockCache.Column
    ) throws -> [Int64: BlockCache.Column] {
        var found = cache.columns(name, of: blocks)
        let missing = blocks.filter { found[$0] == nil }
        for start in stride(from: 0, to: missing.count, by: Self.atOnce) {
            let some = Array(missing[start..<min(start + Self.atOnce, missing.count)])
            for (block, payload) in try BlockTable.column(name, of: some, in: session) {
                let column = try parse(payload)
                cache.keep(column, BlockCache.Key(block: block, column: name))
                found[block] = column
            }
        }
        return found
    }
}
