import Core
import Profiles
import Storage

/// The part of building that is about people.
struct ProfileBuilding {
    let builder: BlockBuilder

    private var sizes: BlockSizes { builder.sizes }

    /// Builds blocks of the people who have changed; false when there was none.
    func step() async throws -> Bool {
        let (cursor, changes) = try await builder.engine.read { [sizes, stores = builder.stores] session in
            let cursor = try BlockTable.cursor(BlockCursor.profiles, in: session)
            return (cursor, try stores.profiles.changed(after: cursor, upTo: sizes.people, in: session))
        }
        guard let revision = changes.last?.revision else { return false }
        let chunks = Dictionary(grouping: changes.map(\.profile)) { Chunk(account: $0.accountID, number: Int($0.id.rawValue >> 16)) }
        let blocks = chunks.map { packed(ProfileRows($1), $0, revision) }
        try await builder.engine.write { session in
            guard try BlockTable.move(BlockCursor.profiles, from: cursor, to: revision, in: session) else { return }
            try BlockTable.add(blocks, in: session)
        }
        return true
    }

    private struct Chunk: Hashable {
        let account: AccountID
        let number: Int
    }

    private func packed(_ rows: ProfileRows, _ chunk: Chunk, _ revision: Int64) -> (header: ProfileBlock, block: NewBlock) {
        let header = ProfileBlock(
            id: 0, account: chunk.account, chunk: chunk.number, revision: revision, rows: rows.people.count)
        return (header, rows.packed(frame: sizes.frame))
    }

    /// Merges two blocks of a chunk, of which the newer is not much smaller; false when there are no such. So a person's row is
    /// written a few times anew, however often others change.
    func merge() async throws -> Bool {
        let sources = try await builder.engine.read { session in
            try Self.pair(BlockTable.stackedPeople(in: session)).map { ($0, try BlockTable.columns(of: $0.id, in: session)) }
        }
        guard sources.count == 2 else { return false }
        let (newer, older) = (sources[0], sources[1])
        let rows = try ProfileRows(stored: older.1).updated(by: ProfileRows(stored: newer.1))
        let block = packed(rows, Chunk(account: newer.0.account, number: newer.0.chunk), newer.0.revision)
        do {
            try await builder.engine.write { session in
                guard try BlockTable.removePeople([newer.0.id, older.0.id], in: session) else { throw Overtaken() }
                try BlockTable.add([block], in: session)
            }
        } catch is Overtaken {}
        return true
    }

    /// - Parameter blocks: by chunk, the newest first.
    private static func pair(_ blocks: [ProfileBlock]) -> [ProfileBlock] {
        for (newer, older) in zip(blocks, blocks.dropFirst())
        where newer.account == older.account && newer.chunk == older.chunk && newer.rows * 2 >= older.rows {
            return [newer, older]
        }
        return []
    }
}
