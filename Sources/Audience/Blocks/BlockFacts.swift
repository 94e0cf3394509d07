import Core
import Profiles
import Storage

/// Facts about everybody of an account, from the blocks, and from the rows that no block has yet. All of one transaction.
final class BlockFacts: FactSource {
    let account: AccountID
    let session: any SQLSession
    private let stores: AudienceStores
    private let loader: ColumnLoader
    private let settings: BlockSettings
    private let workers: Workers
    private let members: (SegmentID) throws -> PeopleSet
    /// People whose rows were written since the blocks were.
    private let changed: [ProfileID: Profile]
    private let changedPeople: PeopleSet
    private let blocks: [ProfileBlock]

    init(
        of account: AccountID, stores: AudienceStores, cache: BlockCache, settings: BlockSettings, in session: any SQLSession,
        members: @escaping (SegmentID) throws -> PeopleSet
    ) throws {
        (self.account, self.stores, self.session, self.members) = (account, stores, session, members)
        (self.settings, loader) = (settings, ColumnLoader(session: session, cache: cache))
        workers = Workers(count: max(settings.workers, 1))
        changed = try Self.changes(of: account, stores, settings, session)
        changedPeople = PeopleSet(changed.keys)
        blocks = try BlockTable.people(of: account, in: session)
    }

    private static func changes(
        of account: AccountID, _ stores: AudienceStores, _ settings: BlockSettings, _ session: any SQLSession
    ) throws -> [ProfileID: Profile] {
        var (changes, revision) = ([ProfileID: Profile](), try BlockTable.cursor(BlockCursor.profiles, in: session))
        while true {
            let some = try stores.profiles.changed(after: revision, upTo: settings.freshPeople, in: session)
            for change in some where change.profile.accountID == account { changes[change.profile.id] = change.profile }
            guard some.count == settings.freshPeople, let last = some.last else { return changes }
            revision = last.revision
        }
    }

    func members(of segment: SegmentID) throws -> PeopleSet { try members(segment) }

    /// Everybody of the account.
    func everyone() throws -> PeopleSet {
        let columns = try loader.numbers(ColumnName.people, of: blocks.map(\.id))
        var everyone = changedPeople
        let chunks = Dictionary(grouping: blocks, by: \.chunk).sorted { $0.key < $1.key }
        let words = workers.map(chunks.count, room: { Scratch() }) { room, index in
            Self.people(chunks[index].value.compactMap { columns[$0.id] }, room)
        }
        for (chunk, words) in zip(chunks, words) {
            var set = PeopleSet()
            set.setChunk(chunk.key, words)
            everyone.formUnion(set)
        }
        return everyone
    }

    private static func people(_ columns: [PackedIntegers], _ room: Scratch) -> [UInt64] {
        var words = PeopleSet.emptyChunk
        words.withUnsafeMutableBufferPointer { words in
            for column in columns {
                for (index, frame) in column.frames.enumerated() {
                    let (rows, first) = (column.count(ofFrame: index), Int(frame.base) & 0xFFFF)
                    if column.isRun(index) {
                        for word in first >> 6...(first + rows - 1) >> 6 {
                            let (low, high) = (max(first - word << 6, 0), min(first + rows - word << 6, 64))
                            words[word] |= UInt64.max << UInt64(low) & UInt64.max >> UInt64(64 - high)
                        }
                    } else {
                        column.unpack(frame: index, into: room.numbers(column.frameSize))
                        for row in 0..<rows {
                            let place = Int(truncatingIfNeeded: room.pointer[row]) & 0xFFFF
                            words[place >> 6] |= 1 << UInt64(place & 63)
                        }
                    }
                }
            }
        }
        return words
    }
}

// People.
extension BlockFacts {
    func people(with filter: PropertyFilter, among people: PeopleSet) throws -> PeopleSet {
        switch filter.name {
        case ProfileField.objectID: return try rows(filter, among: people)
        case ConsentKind.whatsApp.rawValue:
            let passes = [false, true].map { filter.test.holds(.bool($0)) }
            return try self.people(among: people, column: ColumnName.reach, { _ in .table((0..<16).map { passes[$0 & 4 == 0 ? 0 : 1] }) }) {
                filter.test.holds(.bool($0.whatsApp))
            }
        default:
            return try self.people(among: people, column: ColumnName.property(filter.name), { RowTest(filter.test, on: $0) }) {
                filter.test.holds($0.property(filter.name))
            }
        }
    }

    func people(whom test: ReachTest, among people: PeopleSet) throws -> PeopleSet {
        guard test == .reachable else {
            return try self.people(among: people, column: ColumnName.reach, { _ in .table(test.byBits) }, test.holds)
        }
        let optedIn = try self.people(whom: .optedIn, among: people)
        let withPhone = try self.people(whom: .hasPhone, among: optedIn)
        let shut = PeopleSet(try stores.consents.peopleWithShutNumbers(of: account, in: session))
        let hidden = PeopleSet(try stores.consents.peopleKnownByUserID(of: account, in: session))
        return withPhone.subtracting(shut).union(optedIn.subtracting(withPhone).intersection(hidden))
    }

    /// - Parameters:
    ///   - test: what is asked of a block's column; nil where nobody of the block has the property.
    ///   - row: the same of a person's row.
    private func people(
        among people: PeopleSet, column: String, _ test: (PackedColumn?) -> RowTest, _ row: (Profile) -> Bool
    ) throws -> PeopleSet {
        let asked = people.subtracting(changedPeople)
        let wanted = blocks.filter { asked.chunk($0.chunk) != nil }
        let ids = try loader.numbers(ColumnName.people, of: wanted.map(\.id))
        let columns = try loader.properties(column, of: wanted.map(\.id))
        let scan = ProfileScan(
            blocks: try Dictionary(grouping: wanted, by: \.chunk).mapValues { blocks in
                try blocks.map { block in
                    guard let people = ids[block.id] else { throw DamagedBlock() }
                    let column = columns[block.id]
                    let last = Int64(block.chunk) << 16 + 65_535
                    return ScannedPeople(people: people, lastPerson: last, column: column, test: test(column))
                }
            })
        let frame = Self.frame(of: ids.values)
        var found = scanned(asked, room: { ProfileRoom(frame: frame) }) { scan.people($0, chunk: $1, $2) }
        for person in people.intersection(changedPeople) where changed[person].map(row) ?? false { found.insert(person) }
        return found
    }

    private static func frame(of columns: some Collection<PackedIntegers>) -> Int { columns.map(\.frameSize).max() ?? 1 }

    private func scanned<Room>(
        _ people: PeopleSet, room: @Sendable () -> Room, _ scan: @Sendable ([UInt64], Int, Room) -> [UInt64]
    ) -> PeopleSet {
        let chunks = people.chunks.enumerated().compactMap { index, words in words.map { (index: index, words: $0) } }
        let results = workers.map(chunks.count, room: room) { room, place in scan(chunks[place].words, chunks[place].index, room) }
        var found = PeopleSet()
        for (chunk, words) in zip(chunks, results) { found.setChunk(chunk.index, words) }
        return found
    }

    private func rows(_ filter: PropertyFilter, among people: PeopleSet) throws -> PeopleSet {
        var (found, last) = (PeopleSet(), ProfileID?.none)
        while true {
            let page = people.page(after: last, upTo: RowFacts.limit)
            guard let end = page.last else { return found }
            let facts = try RowFacts(page, of: account, stores: stores, in: session, members: members)
            found.formUnion(try facts.people(with: filter, among: facts.people))
            last = end
        }
    }
}

// Events.
extension BlockFacts {
    func people(who did: EventProbe, among people: PeopleSet) throws -> PeopleSet {
        let few = people.page(after: nil, upTo: settings.fewPeople + 1)
        guard few.count > settings.fewPeople else {
            let facts = try RowFacts(few, of: account, stores: stores, in: session, members: members)
            return try facts.people(who: did, among: people)
        }
        guard let name = try stores.events.id(of: did.rule.event, in: account, session) else {
            return did.takesNever ? people : PeopleSet()
        }
        let blocks = try scannedBlocks(did, name)
        let frame = Self.frame(of: blocks.map(\.people))
        let scan = EventScan(did, blocks: blocks, fresh: try fresh(did, name))
        return scanned(people, room: { EventRoom(frame: frame) }) { scan.people($0, chunk: $1, $2) }
    }

    private func scannedBlocks(_ probe: EventProbe, _ name: EventNameID) throws -> [ScannedBlock] {
        let (from, to) = (probe.reading.from?.microseconds ?? .min, probe.reading.to?.microseconds ?? .max)
        let blocks = try BlockTable.events(of: name, from: from, to: to, in: session)
        let needsTimes = probe.rule.hours != nil || probe.rule.pick != .every
        let timed = blocks.filter { needsTimes || $0.from < from || $0.to >= to }.map(\.id)
        let (ids, times) = (blocks.map(\.id), try loader.numbers(ColumnName.times, of: timed))
        let people = try loader.numbers(ColumnName.people, of: ids)
        let filters = try probe.filters.map { ($0.test, try loader.properties(ColumnName.property($0.name), of: ids)) }
        let measured = try probe.measured.map { try loader.properties(ColumnName.property($0), of: ids) } ?? [:]
        return try blocks.map { block in
            guard let people = people[block.id] else { throw DamagedBlock() }
            return ScannedBlock(
                people: people, lastPerson: block.people.upperBound, times: times[block.id],
                tests: filters.map { ($1[block.id], RowTest($0, on: $1[block.id])) }, measured: measured[block.id],
                amounts: Amounts(measured[block.id]))
        }
    }

    /// What counts among the events that no block has yet, a slice of the log at a time.
    private func fresh(_ probe: EventProbe, _ name: EventNameID) throws -> [FreshEvent] {
        let last = try stores.events.lastID(in: session).rawValue
        var (from, events) = (try BlockTable.cursor(BlockCursor.events, in: session), [FreshEvent]())
        while from < last {
            let to = min(from + Int64(stores.slice), last)
            for event in try stores.events.log(of: name, after: EventID(rawValue: from), through: EventID(rawValue: to), in: session) {
                guard probe.reading.contains(event.occurredAt), probe.isInHours(event.occurredAt) else { continue }
                let properties = probe.filters.isEmpty && probe.measured == nil ? [:] : try event.values()
                guard probe.accepts(properties) else { continue }
                let amount = probe.measured.map { Millionths.of(properties[$0]) } ?? 0
                events.append(FreshEvent(person: event.profile.rawValue, time: event.occurredAt.microseconds, amount: amount))
            }
            from = to
        }
        return events
    }
}

extension LoggedEvent {
    func values() throws -> [String: JSONValue] { try JSONValue(parsing: properties).object ?? [:] }
}

/// How far the blocks have come.
enum BlockCursor {
    /// The id of the last event.
    static let events = "event"
    /// The number of the last change of a person.
    static let profiles = "profile"
}

/// Room for numbers, which grows to what is asked for.
private final class Scratch {
    private(set) var pointer: UnsafeMutablePointer<Int64>
    private var size = 1

    init() { pointer = .allocate(capacity: 1) }
    deinit { pointer.deallocate() }

    func numbers(_ count: Int) -> UnsafeMutablePointer<Int64> {
        if count > size {
            pointer.deallocate()
            (pointer, size) = (.allocate(capacity: count), count)
        }
        return pointer
    }
}
