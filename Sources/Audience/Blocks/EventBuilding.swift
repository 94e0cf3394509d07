import Core
import Profiles
import Storage

/// The part of building that is about events.
struct EventBuilding {
    let builder: BlockBuilder

    private var sizes: BlockSizes { builder.sizes }

    /// Builds blocks of the next events of the log; false when there was none.
    func step() async throws -> Bool {
        let (cursor, events) = try await builder.engine.read { [sizes, stores = builder.stores] session in
            let cursor = try BlockTable.cursor(BlockCursor.events, in: session)
            return (cursor, try stores.events.log(after: EventID(rawValue: cursor), upTo: sizes.events, in: session))
        }
        guard let last = events.last?.id.rawValue else { return false }
        let blocks = try groups(events).flatMap { packed($1, $0) }
        try await builder.engine.write { session in
            guard try BlockTable.move(BlockCursor.events, from: cursor, to: last, in: session) else { return }
            try BlockTable.add(blocks, in: session)
        }
        return true
    }

    private struct Group: Hashable {
        let account: AccountID
        let name: EventNameID
        let stretch: Int64
    }

    private func groups(_ events: [LoggedEvent]) throws -> [(Group, EventRows)] {
        let length = sizes.stretch.microseconds
        var groups: [Group: [(person: Int64, time: Int64, properties: [String: JSONValue])]] = [:]
        for event in events {
            let time = event.occurredAt.microseconds
            let group = Group(account: event.account, name: event.name, stretch: time.flooredDivision(by: length).quotient)
            groups[group, default: []].append((event.profile.rawValue, time, try event.values()))
        }
        return groups.map { ($0, EventRows($1)) }
    }

    private func packed(_ rows: EventRows, _ group: Group) -> [(header: EventBlock, block: NewBlock)] {
        rows.split(limit: sizes.rows).map { part in
            let header = EventBlock(
                id: 0, account: group.account, name: group.name, stretch: group.stretch, from: part.times.min() ?? 0,
                to: part.times.max() ?? 0, people: (part.people.first ?? 0)...(part.people.last ?? 0), rows: part.count,
                isOpen: part.count * 2 <= sizes.rows)
            return (header, part.packed(frame: sizes.frame))
        }
    }

    /// Merges the smallest group of blocks that are of one name and stretch and about as large; false when there is none.
    func merge() async throws -> Bool {
        let sources = try await builder.engine.read { [sizes] session in
            let open = try BlockTable.mergeable(atLeast: sizes.fanIn, in: session)
            return try Self.group(open, sizes).map { ($0, try BlockTable.columns(of: $0.id, in: session)) }
        }
        guard let first = sources.first?.0 else { return false }
        let rows = EventRows.merged(try sources.map { try EventRows(stored: $0.1) })
        let blocks = packed(rows, Group(account: first.account, name: first.name, stretch: first.stretch))
        do {
            try await builder.engine.write { session in
                guard try BlockTable.removeEvents(sources.map(\.0.id), in: session) else { throw Overtaken() }
                try BlockTable.add(blocks, in: session)
            }
        } catch is Overtaken {}
        return true
    }

    /// - Parameter open: by name and stretch.
    private static func group(_ open: [EventBlock], _ sizes: BlockSizes) -> [EventBlock] {
        struct Key: Hashable {
            let name: EventNameID
            let stretch: Int64
            let level: Int
        }
        let groups = Dictionary(grouping: open) { Key(name: $0.name, stretch: $0.stretch, level: sizes.level($0.rows)) }
        let full = groups.values.filter { $0.count >= sizes.fanIn }
        let smallest = full.min { a, b in (a[0].rows, a[0].id) < (b[0].rows, b[0].id) } ?? []
        // The oldest first, which lie next to each other in time.
        return Array(smallest.sorted { $0.id < $1.id }.prefix(sizes.fanIn))
    }
}
