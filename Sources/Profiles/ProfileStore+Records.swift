package import Core
package import Storage

extension ProfileStore {
    /// Lets the records of one call take effect in order; each sees what those before it did. Refused records leave
    /// nothing behind, whatever the others do. Work goes by set: a fixed number of statements to load, and one batch for
    /// each table to write.
    ///
    /// Calls for one account take turns, so two that bring the same new person make one profile. Applying the same
    /// records twice adds their events twice and counts `$incr` twice; everything else stays as it is.
    /// - Parameters:
    ///   - source: for the consent ledger, such as `upload_api`.
    ///   - storing: false finds the same outcomes and writes nothing; a read session will do then.
    /// - Returns: one outcome for each record.
    package func apply(
        _ records: [ProfileRecord], to account: AccountID, source: String, storing: Bool = true, in session: any SQLSession
    ) throws -> [RecordOutcome] {
        guard !records.isEmpty else { return [] }
        if storing { _ = try session.rows(ProfileTable.lockAccount, [.id(account)]) }
        var book = try book(for: records, account: account, source: source, locking: storing, in: session)
        let outcomes = records.map { record -> RecordOutcome in
            do throws(RecordProblem) { return .stored(try book.apply(record)) } catch { return .refused(error) }
        }
        if storing { try write(&book, in: session) }
        return outcomes
    }

    private func book(
        for records: [ProfileRecord], account: AccountID, source: String, locking: Bool, in session: any SQLSession
    ) throws -> RecordBook {
        let owners = try IdentityTable.owners(of: Set(records.flatMap(\.who.keys)), in: account, session: session)
        let people = try ProfileTable.load(Set(owners.values), of: account, locking: locking, in: session)
        let random = random
        var book = RecordBook(
            account: account, source: source, now: clock.now(),
            names: try names(for: records, account: account, in: session),
            blocks: try blocks(for: records, people: people, account: account, in: session),
            makeObjectID: { "__" + random.token(bytes: 16) })
        book.load(people, owners: owners)
        return book
    }

    private func names(
        for records: [ProfileRecord], account: AccountID, in session: any SQLSession
    ) throws -> EventNameBook {
        var names: Set<EventName> = []
        for record in records {
            switch record.content {
            case .event(let name, _): names.insert(name)
            case .profile(let change) where change.consents[.whatsApp] != nil:
                names.formUnion([true, false].compactMap { EventName.channelEvent(granted: $0) })
            case .profile: break
            }
        }
        let ids = try EventNameTable.ids(of: names, in: account, session: session)
        let counts = ids.count == names.count ? 0 : try EventNameTable.customCount(in: account, session: session)
        return EventNameBook(ids: ids, customCount: counts)
    }

    /// Asked for only when a record says something about a number.
    private func blocks(
        for records: [ProfileRecord], people: [ProfileID: Profile], account: AccountID, in session: any SQLSession
    ) throws -> [PhoneNumber: Timestamp] {
        var (phones, isAsked) = (Set(people.values.compactMap(\.phone)), false)
        for case .profile(let change) in records.map(\.content) {
            if case .set(let phone) = change.phone { phones.insert(phone) }
            if change.numberBlocked != nil { isAsked = true }
        }
        return isAsked ? try ConsentLedger.blocks(among: phones, in: account, session: session) : [:]
    }

    private func write(_ book: inout RecordBook, in session: any SQLSession) throws {
        let ids = try writePeople(book, in: session)
        try IdentityTable.add(
            book.newIdentities.map { (key: $0.key, owner: ids[$0.person]) }, in: book.account, session: session)
        book.names.learn(try EventNameTable.add(book.names.new, in: book.account, at: book.now, session: session))
        let events = book.events.map {
            NewEvent(profileID: ids[$0.person], name: $0.name, occurredAt: $0.occurredAt, properties: $0.properties)
        }
        _ = try EventTable.add(events, names: book.names.ids, to: book.account, at: book.now, session: session)
        try writeConsents(book, people: ids, in: session)
        try ConsentLedger.setBlocks(book.changedBlocks, in: book.account, session: session)
    }

    /// A block of a number changes what everyone who has it gets, so each of them has the line.
    private func writeConsents(_ book: RecordBook, people ids: [ProfileID], in session: any SQLSession) throws {
        let owners = try withPhones(Set(book.consents.compactMap(\.number)), of: book.account, in: session)
        let lines = book.consents.lazy.flatMap { consent in
            let person = ids[consent.person]
            let others = consent.number.flatMap { owners[$0] }?.filter { $0 != person } ?? []
            return ([person] + others).map { ConsentLedger.Line(profileID: $0, entry: consent.entry) }
        }
        try ConsentLedger(ids: self.ids).append(lines, in: book.account, session: session)
    }

    /// - Returns: the id of each person of the book, by place.
    private func writePeople(_ book: RecordBook, in session: any SQLSession) throws -> [ProfileID] {
        let newCount = book.people.count { $0.stored == nil }
        var nextID = newCount == 0 ? 0 : try Counter("profile").take(newCount, in: session)
        var (ids, inserts, changed): ([ProfileID], [Profile], [Profile]) = ([], [], [])
        for person in book.people {
            var profile = person.profile
            if person.stored == nil {
                profile.id = ProfileID(rawValue: nextID)
                nextID += 1
                inserts.append(profile)
            } else if person.stored != profile {
                changed.append(profile)
            }
            ids.append(profile.id)
        }
        try ProfileTable.add(inserts, in: session)
        try ProfileTable.write(changed, at: book.now, in: session)
        return ids
    }
}
