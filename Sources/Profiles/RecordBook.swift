import Core

/// The people, event types and blocked numbers that one call's records touch, in memory: loaded at once, changed record by
/// record in order, and written at once. Pure, but for the making of object ids.
struct RecordBook {
    struct Person {
        /// As it is in the table; nil for a new one, whose id is given when it is written.
        let stored: Profile?
        var profile: Profile
    }
    struct Event { let person: Int, name: EventName, occurredAt: Timestamp, properties: [String: JSONValue] }
    /// A line for the person, and for everyone who has `number` if there is one.
    struct Consent { let person: Int, number: PhoneNumber?, entry: ConsentEntry }

    let account: AccountID
    let source: String
    let now: Timestamp
    let makeObjectID: () -> String
    private(set) var people: [Person] = []
    private(set) var newIdentities: [(key: IdentityKey, person: Int)] = []
    private(set) var events: [Event] = []
    private(set) var consents: [Consent] = []
    private(set) var changedBlocks: [PhoneNumber: Timestamp?] = [:]
    var names: EventNameBook
    private var places: [IdentityKey: Int] = [:]
    private var blocks: [PhoneNumber: Timestamp]

    init(
        account: AccountID, source: String, now: Timestamp, names: EventNameBook, blocks: [PhoneNumber: Timestamp],
        makeObjectID: @escaping () -> String
    ) {
        (self.account, self.source, self.now, self.names) = (account, source, now, names)
        (self.blocks, self.makeObjectID) = (blocks, makeObjectID)
    }

    mutating func load(_ profiles: [ProfileID: Profile], owners: [IdentityKey: ProfileID]) {
        let sorted = profiles.values.sorted { $0.id < $1.id }
        let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.id, $0) })
        people = sorted.map { Person(stored: $0, profile: $0) }
        self.places = owners.compactMapValues { places[$0] }
    }

    /// Lets one record take effect, or throws and leaves everything as it was.
    mutating func apply(_ record: ProfileRecord) throws(RecordProblem) -> [RecordNote] {
        switch record.content {
        case .event(let name, let properties):
            guard let name = names.use(name) else { throw .tooManyEventTypes }
            let person = settle(find(record.who), record.who)
            events.append(Event(person: person, name: name, occurredAt: record.time ?? now, properties: properties))
            return []
        case .profile(let change):
            return try apply(change, of: record)
        }
    }

    private mutating func apply(_ change: ProfileChange, of record: ProfileRecord) throws(RecordProblem) -> [RecordNote] {
        let found = find(record.who)
        var merged = found.map { people[$0].profile } ?? blank(record.who)
        let before = merged.whatsAppSaidAt
        let consentTime = time(of: record, notBefore: before)
        let result: Profile.MergeResult
        do {
            result = try merged.merge(change, at: time(of: record, notBefore: merged.writtenAt), consentAt: consentTime)
        } catch { throw .property(error) }
        let person = settle(found, record.who, as: merged)
        for (kind, granted) in result.consents.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            note(kind.rawValue, granted, at: consentTime, person, record, change)
        }
        if let granted = result.consents[.whatsApp], !granted || before != nil { raise(granted, at: consentTime, person) }
        var notes = result.surplus.map(RecordNote.surplusProperty)
        if let blocked = change.numberBlocked, !setBlock(blocked, person, record, change) { notes.append(.nothingToBlock) }
        return notes
    }

    /// A clock that is ahead must not shut out every later record, and one that is behind must not lose its own.
    private func time(of record: ProfileRecord, notBefore stored: Timestamp?) -> Timestamp {
        record.time.map { min($0, now) } ?? max(now, stored ?? now)
    }
}

extension RecordBook {
    /// Whose record it is: the first known id decides, in the order identity, objectId, FBID, GPID. But an identity that
    /// is not known yet is a person of its own, unless the other ids lead to someone who is still anonymous.
    private func find(_ who: Who) -> Int? {
        let known = who.keys.lazy.compactMap { places[$0] }.first
        guard let known, let identity = who[.identity], places[IdentityKey(kind: .identity, value: identity)] == nil,
            people[known].profile.identity != nil
        else { return known }
        return nil
    }

    private func blank(_ who: Who) -> Profile {
        let given = who[.objectID].flatMap { places[IdentityKey(kind: .objectID, value: $0)] == nil ? $0 : nil }
        return Profile(id: ProfileID(rawValue: 0), accountID: account, objectID: given ?? makeObjectID(), createdAt: now)
    }

    /// Puts the person in the book and ties the ids of `who` that nobody has yet to them. Ids never move from one person
    /// to another.
    private mutating func settle(_ found: Int?, _ who: Who, as merged: Profile? = nil) -> Int {
        let person = found ?? people.count
        if found == nil {
            people.append(Person(stored: nil, profile: merged ?? blank(who)))
            tie(IdentityKey(kind: .objectID, value: people[person].profile.objectID), to: person)
        } else if let merged {
            people[person].profile = merged
        }
        if people[person].profile.identity == nil { people[person].profile.identity = who[.identity] }
        for key in who.keys { tie(key, to: person) }
        return person
    }

    private mutating func tie(_ key: IdentityKey, to person: Int) {
        guard places[key] == nil else { return }
        places[key] = person
        newIdentities.append((key, person))
    }

    /// Blocks the person's number, or lifts the block unless it was said again after the record. Saying a block again
    /// moves its time and is no change. False without a number.
    private mutating func setBlock(_ isBlocked: Bool, _ person: Int, _ record: ProfileRecord, _ change: ProfileChange) -> Bool {
        guard let phone = people[person].profile.phone else { return false }
        let since = blocks[phone]
        let time = time(of: record, notBefore: since)
        guard isBlocked || since.map({ $0.wholeSeconds <= time.wholeSeconds }) == true else { return true }
        let new = isBlocked ? max(time, since ?? time) : nil
        guard new != since else { return true }
        blocks[phone] = new
        changedBlocks[phone] = .some(new)
        if (since == nil) == isBlocked {
            note(ProfileField.numberBlock, !isBlocked, at: time, person, record, change, number: phone)
        }
        return true
    }

    /// Tells the log of events that the person left WhatsApp or came back.
    private mutating func raise(_ granted: Bool, at time: Timestamp, _ person: Int) {
        guard let name = EventName.channelEvent(granted: granted).flatMap({ names.use($0) }) else { return }
        let properties = ConsentKind.whatsApp.eventProperties(address: people[person].profile.phone?.description)
        events.append(Event(person: person, name: name, occurredAt: time, properties: properties))
    }

    private mutating func note(
        _ kind: String, _ granted: Bool, at time: Timestamp, _ person: Int, _ record: ProfileRecord, _ change: ProfileChange,
        number: PhoneNumber? = nil
    ) {
        var evidence: [String: JSONValue] = [
            "record": .int(Int64(record.number)), "fields": .array(change.fieldNames.prefix(50).map(JSONValue.string)),
        ]
        evidence["number"] = number.map { .string($0.description) }
        let entry = ConsentEntry(
            kind: kind, granted: granted, occurredAt: time, recordedAt: now, source: source, evidence: .object(evidence))
        consents.append(Consent(person: person, number: number, entry: entry))
    }
}

/// The event types that a call uses, with the account's limit.
struct EventNameBook {
    private(set) var ids: [EventName: EventNameID]
    /// Types that the table does not have yet, in order of appearance.
    private(set) var new: [EventName] = []
    private var room: Int

    /// - Parameter customCount: the types of its own that the account has already.
    init(ids: [EventName: EventNameID], customCount: Int) {
        self.ids = ids
        room = PropertyLimits.eventTypes - customCount
    }

    /// The name, counted as used; nil when it would be one type too many.
    mutating func use(_ name: EventName) -> EventName? {
        guard ids[name] == nil, !new.contains(name) else { return name }
        if !name.isSystem {
            guard room > 0 else { return nil }
            room -= 1
        }
        new.append(name)
        return name
    }

    mutating func learn(_ ids: [EventName: EventNameID]) { self.ids.merge(ids) { $1 } }
}
