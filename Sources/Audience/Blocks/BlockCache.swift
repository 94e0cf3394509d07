import Synchronization

/// Columns that were read of late, as they are stored. Blocks never change, so nothing here is ever wrong; what was not asked for
/// longest goes when there is too much.
package final class BlockCache: Sendable {
    struct Key: Hashable, Sendable {
        let block: Int64
        let column: String
    }

    enum Column: Sendable {
        case numbers(PackedIntegers)
        case property(PackedColumn)

        var footprint: Int {
            switch self {
            case .numbers(let numbers): numbers.footprint
            case .property(let column): column.footprint
            }
        }
    }

    private struct Entry {
        let column: Column
        let bytes: Int
        var usedAt: UInt64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var bytes = 0
        var clock: UInt64 = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter megabytes: how much is kept.
    package init(megabytes: Int = 64) { limit = megabytes << 20 }

    /// Bytes in memory, about.
    package var bytes: Int { state.withLock { $0.bytes } }

    func columns(_ name: String, of blocks: [Int64]) -> [Int64: Column] {
        state.withLock { state in
            state.clock += 1
            var found: [Int64: Column] = [:]
            for block in blocks {
                let key = Key(block: block, column: name)
                guard let entry = state.entries[key] else { continue }
                state.entries[key]?.usedAt = state.clock
                found[block] = entry.column
            }
            return found
        }
    }

    func keep(_ column: Column, _ key: Key) {
        let bytes = column.footprint
        guard bytes <= limit else { return }
        state.withLock { state in
            if let old = state.entries[key] { state.bytes -= old.bytes }
            state.entries[key] = Entry(column: column, bytes: bytes, usedAt: state.clock)
            state.bytes += bytes
            if state.bytes > limit { Self.shrink(&state, to: limit - limit / 8) }
        }
    }

    /// Goes a little below the limit, so that not every new column has to look for room.
    private static func shrink(_ state: inout State, to limit: Int) {
        for (key, entry) in state.entries.sorted(by: { $0.value.usedAt < $1.value.usedAt }) {
            guard state.bytes > limit else { return }
            state.entries[key] = nil
            state.bytes -= entry.bytes
        }
    }
}
