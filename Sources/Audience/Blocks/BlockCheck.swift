package import Core
import Profiles
import Storage

/// Where blocks and rows say different things.
package struct BlockDifference: Hashable, Sendable, CustomStringConvertible {
    /// `events of name 7`, `people of chunk 0`.
    package var subject: String
    package var account: AccountID
    package var rows: Int
    package var inBlocks: Int

    package var description: String {
        let what = rows == inBlocks ? "\(rows) each, which differ" : "\(rows) in rows, \(inBlocks) in blocks"
        return "account \(account), \(subject): \(what)"
    }
}

extension BlockBuilder {
    /// Reads everything that the blocks should hold, from rows and from blocks, and compares number and content. Takes long and
    /// holds up nobody; memory stays bounded. What no block has yet is not looked at.
    package func check() async throws -> [BlockDifference] {
        try await engine.read { session in
            try checkEvents(in: session) + checkPeople(in: session)
        }
    }

    private func checkEvents(in session: any SQLSession) throws -> [BlockDifference] {
        var (rows, blocks): ([Subject: Sum], [Subject: Sum]) = ([:], [:])
        var (id, end) = (EventID(rawValue: 0), try BlockTable.cursor(BlockCursor.events, in: session))
        while true {
            let events = try stores.events.log(after: id, upTo: sizes.events, in: session)
            for event in events where event.id.rawValue <= end {
                rows[Subject(event.account, "events of name \(event.name)"), default: Sum()]
                    .add(event.profile.rawValue, event.occurredAt.microseconds, try event.values())
            }
            guard let last = events.last, last.id.rawValue < end else { break }
            id = last.id
        }
        end = 0
        while true {
            let some = try BlockTable.events(after: end, upTo: 100, in: session)
            for block in some {
                let stored = try EventRows(stored: BlockTable.columns(of: block.id, in: session))
                let subject = Subject(block.account, "events of name \(block.name)")
                for row in 0..<stored.count {
                    let properties = stored.columns.compactMapValues { $0.value(at: row) }
                    blocks[subject, default: Sum()].add(stored.people[row], stored.times[row], properties)
                }
            }
            guard let last = some.last else { break }
            end = last.id
        }
        return differences(rows, blocks)
    }

    private func checkPeople(in session: any SQLSession) throws -> [BlockDifference] {
        let changed = try changedPeople(in: session)
        var (rows, blocks): ([Subject: Sum], [Subject: Sum]) = ([:], [:])
        for account in try BlockTable.accounts(in: session) {
            try forEachPerson(of: account, in: session) { person in
                guard !changed.contains(person.id) else { return }
                let values = ProfileRows([person]).columns.compactMapValues { $0.value(at: 0) }
                rows[Self.chunk(person.id.rawValue, account), default: Sum()].add(person.id.rawValue, 0, values)
            }
            let stacks = Dictionary(grouping: try BlockTable.people(of: account, in: session), by: \.chunk)
            for stack in stacks.values {
                let stored = try stack.reversed().map { try ProfileRows(stored: BlockTable.columns(of: $0.id, in: session)) }
                let people = stored.dropFirst().reduce(stored[0]) { $0.updated(by: $1) }
                for (row, id) in people.people.enumerated() where !changed.contains(ProfileID(rawValue: id)) {
                    let values = people.columns.compactMapValues { $0.value(at: row) }
                    blocks[Self.chunk(id, account), default: Sum()].add(id, 0, values)
                }
            }
        }
        return differences(rows, blocks)
    }

    private static func chunk(_ person: Int64, _ account: AccountID) -> Subject { Subject(account, "people of chunk \(person >> 16)") }

    /// People whose last change no block needs to have yet.
    private func changedPeople(in session: any SQLSession) throws -> PeopleSet {
        var (revision, people) = (try BlockTable.cursor(BlockCursor.profiles, in: session), PeopleSet())
        while true {
            let some = try stores.profiles.changed(after: revision, upTo: sizes.people, in: session)
            guard let last = some.last else { return people }
            for change in some { people.insert(change.profile.id) }
            revision = last.revision
        }
    }

    private func forEachPerson(of account: AccountID, in session: any SQLSession, _ body: (Profile) -> Void) throws {
        var last: ProfileID?
        while true {
            let page = try stores.profiles.page(of: account, after: last, upTo: 1000, in: session)
            guard let end = page.last?.id else { return }
            page.forEach(body)
            last = end
        }
    }

    private func differences(_ rows: [Subject: Sum], _ blocks: [Subject: Sum]) -> [BlockDifference] {
        Set(rows.keys).union(blocks.keys).filter { rows[$0] != blocks[$0] }.map { subject in
            BlockDifference(
                subject: subject.text, account: subject.account, rows: rows[subject]?.count ?? 0, inBlocks: blocks[subject]?.count ?? 0)
        }.sorted { ($0.account, $0.subject) < ($1.account, $1.subject) }
    }
}

private struct Subject: Hashable {
    let account: AccountID
    let text: String

    init(_ account: AccountID, _ text: String) { (self.account, self.text) = (account, text) }
}

/// Rows in any order.
private struct Sum: Hashable {
    private(set) var count = 0
    private var hashes = 0

    mutating func add(_ person: Int64, _ time: Int64, _ properties: [String: JSONValue]) {
        var hasher = Hasher()
        hasher.combine(person)
        hasher.combine(time)
        hasher.combine(properties.compactMapValues(Self.plain))
        count += 1
        hashes &+= hasher.finalize()
    }

    /// 3 and 3.0 are one number, and null is nothing.
    private static func plain(_ value: JSONValue) -> JSONValue? {
        if case .double(let number) = value, let whole = Int64(exactly: number) { return .int(whole) }
        return value.isNull ? JSONValue?.none : value
    }
}
