package import Core
package import Profiles
package import Storage

/// The subscribe call: takes numbers and addresses off a channel kind or puts them back on, for every profile that has
/// them (vendor document, "subscribe").
package struct SubscribeService: Sendable {
    package static let maximumEntries = 1000
    private let engine: any SQLEngine
    private let profiles: ProfileStore
    private let consents: ConsentStore
    private let events: EventStore
    private let clock: WallClock

    package init(engine: any SQLEngine, profiles: ProfileStore, consents: ConsentStore, events: EventStore, clock: WallClock) {
        (self.engine, self.profiles, self.consents) = (engine, profiles, consents)
        (self.events, self.clock) = (events, clock)
    }

    /// Applies the good entries in order, in one transaction, and answers as the upload call does, with the same codes for
    /// numbers (516) and addresses (515) and 512 for the rest. Where it really changes a profile's flag it writes a line of
    /// the consent ledger and raises Channel Unsubscribed or Channel Subscribed, so a second call does nothing more. A
    /// number that nobody has is processed, with a note.
    ///
    /// Only `MSG-whatsapp: true` of an upload opts in to WhatsApp. So Resubscribe with the type `whatsapp` only takes back
    /// an opt-out that this call made itself: the newest `MSG-whatsapp` line of the profile's ledger is one, and no opt-out
    /// from elsewhere came after it. For everyone else it changes nothing, and the entry is processed with a note.
    /// - Throws: as `UploadService.upload`.
    package func subscribe(_ body: JSONValue, to account: AccountID) async throws -> UploadAnswer {
        let items = try CallBody.records(of: body, atMost: Self.maximumEntries)
        var (answer, entries): (UploadAnswer, [Entry]) = (UploadAnswer(), [])
        for (number, item) in zip(1..., items) {
            do throws(RecordFault) {
                entries.append(Entry(number: number, content: try Subscription(item)))
            } catch {
                answer.refuse(error, record: item, number: number)
            }
        }
        let notes = try await apply(entries, to: account)
        for entry in entries { answer.accept(notes[entry.number].map { [$0] } ?? [], number: entry.number) }
        return answer
    }

    fileprivate struct Entry: Sendable {
        let number: Int
        let content: Subscription
    }

    /// - Returns: what is to be said about an entry, by its number.
    private func apply(_ entries: [Entry], to account: AccountID) async throws -> [Int: FieldNote] {
        guard !entries.isEmpty else { return [:] }
        let now = clock.now()
        return try await engine.write { session in
            var (notes, raised): ([Int: FieldNote], [NewEvent]) = ([:], [])
            let owners = try owners(of: entries, account: account, in: session)
            for entry in entries where owners[entry.content.target]?.isEmpty != false { notes[entry.number] = Self.unknown }
            let asked = entries.flatMap { entry in (owners[entry.content.target] ?? []).map { (entry: entry, profile: $0) } }
            let effects = try consents.settle(asked.map { $0.entry.change(of: $0.profile) }, account: account, in: session)
            for ((entry, profile), effect) in zip(asked, effects) {
                switch effect {
                case .changed: raised += entry.content.event(for: profile, at: now).map { [$0] } ?? []
                case .withheld: notes[entry.number] = Self.withheld
                case .unchanged: break
                }
            }
            try events.append(raised, to: account, in: session)
            return notes
        }
    }

    private static let unknown = FieldNote(field: "value", reason: "no profile has it")
    private static let withheld = FieldNote(
        field: "status", reason: "had no effect on people whom this call did not unsubscribe: only MSG-whatsapp opts in")

    private func owners(
        of entries: [Entry], account: AccountID, in session: any SQLSession
    ) throws -> [Subscription.Target: [ProfileID]] {
        var (phones, owners): (Set<PhoneNumber>, [Subscription.Target: [ProfileID]]) = ([], [:])
        for target in Set(entries.map(\.content.target)) {
            switch target {
            case .phone(let phone): phones.insert(phone)
            case .email(let address): owners[target] = try profiles.withEmail(address, of: account, in: session)
            }
        }
        for (phone, ids) in try profiles.withPhones(phones, of: account, in: session) { owners[.phone(phone)] = ids }
        return owners
    }
}

extension SubscribeService.Entry {
    fileprivate func change(of profile: ProfileID) -> ConsentChange {
        ConsentChange(
            profileID: profile, kind: content.kind, granted: content.isOn, occurredAt: nil, source: "subscribe_api",
            evidence: ["record": .int(Int64(number)), "fields": [.string(content.kind.rawValue)]],
            onlyTakesBack: content.kind == .whatsApp && content.isOn)
    }
}
