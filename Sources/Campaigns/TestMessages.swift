package import Audience
package import Channels
package import Core
package import Messages
package import Profiles
import Storage
package import WhatsApp
package import ZoneTime

/// A campaign's message, filled for somebody who is to see it before it goes out.
package struct TestMessage: Sendable {
    package let person: Profile
    package let template: Template
    /// Nil when it cannot be filled, or nobody can be reached.
    package let ready: Ready?
    /// Why it is not ready.
    package let reason: Reason?

    package struct Ready: Sendable {
        package let recipient: Recipient
        /// Of the template's slots, in their order.
        package let values: [String]
    }
}

/// Fills a campaign's message for people who are named one by one, or marked as test profiles. Opt-in, limits and control
/// groups do not apply (`clevertap.md` 6.11); the ledger hears nothing of it.
package struct TestMessages: Sendable {
    /// How many people a test goes to at most.
    package static let limit = 10
    /// The property that marks a test profile.
    package static let mark = "ct_is_test_user"

    /// Who gets it, which message, and what triggered it.
    package struct Wish: Sendable {
        let who: Who
        let variant: String?
        let event: [String: JSONValue]?

        enum Who: Sendable {
            case one(ProfileStore.Key)
            case profile(ProfileID)
            case marked
        }
    }

    private let store: CampaignStore
    private let audiences: Audiences
    private let profiles: ProfileStore
    private let qualifier: Qualifier
    private let clock: WallClock

    package init(
        store: CampaignStore, audiences: Audiences, profiles: ProfileStore, consent: ConsentStore, ledger: MessageLedger, zones: Zones,
        clock: WallClock = .system
    ) {
        (self.store, self.audiences, self.profiles, self.clock) = (store, audiences, profiles, clock)
        qualifier = Qualifier(consent: consent, ledger: ledger, policies: PolicyBook(), zones: zones)
    }

    /// The messages of a test, at most 10, and the channel over which they go.
    /// - Throws: `InputError`: `notFound` for the campaign or a person, `no_test_profiles`; for a variant that is not there, and
    ///   for an event's values where no event triggers.
    package func messages(
        of id: CampaignID, account: AccountID, _ wish: Wish
    ) async throws -> (messages: [TestMessage], channel: Channel) {
        guard let saved = try await store.campaign(id, of: account) else { throw CampaignStore.notFound(id) }
        let campaign = try saved.sending(wish.variant)
        guard wish.event == nil || campaign.type.isLive else {
            throw InputError(code: "invalid_test", field: "event", "An event belongs to the live types; this campaign is one_time.")
        }
        let sources = try await store.sources(of: campaign.definition, on: campaign.channelID, account)
        guard let channel = try await store.channels.channel(sources.channel, of: account) else {
            throw InputError(.conflict, code: "unknown_channel", "The campaign's channel is gone.")
        }
        let marked = try await markedPeople(wish, account)
        let messages = try await store.engine.read { session in
            let people = try people(wish, marked, account, session)
            return try fill(people, campaign, sources, event: wish.event, session)
        }
        return (messages, channel)
    }

    private func markedPeople(_ wish: Wish, _ account: AccountID) async throws -> [ProfileID] {
        guard case .marked = wish.who else { return [] }
        let rule = try AudienceRule(json: ["profile": [["name": .string(Self.mark), "value": true]]], path: "to")
        let people = try await audiences.people(rule, of: account, at: RuleMoment(now: clock.now(), zone: .utc))
        return people.page(after: nil, upTo: Self.limit)
    }

    private func people(
        _ wish: Wish, _ marked: [ProfileID], _ account: AccountID, _ session: any SQLSession
    ) throws -> [Profile] {
        switch wish.who {
        case .one(let key):
            guard let person = try profiles.find(key, of: account, in: session) else { throw Self.unknownPerson }
            return [person]
        case .profile(let id):
            guard let person = try profiles.profiles([id], of: account, in: session)[id] else { throw Self.unknownPerson }
            return [person]
        case .marked:
            let people = try profiles.profiles(marked, of: account, in: session)
            guard !people.isEmpty else {
                throw InputError(
                    .conflict, code: "no_test_profiles", field: "to",
                    "No profile is marked as a test profile. Upload one with \"\(Self.mark)\": true, or name somebody.")
            }
            return marked.compactMap { people[$0] }
        }
    }

    private func fill(
        _ people: [Profile], _ campaign: Campaign, _ sources: CampaignSources, event: [String: JSONValue]?, _ session: any SQLSession
    ) throws -> [TestMessage] {
        let now = clock.now()
        let zone = try qualifier.zone(of: campaign.accountID, in: session)
        // An empty policy: no control groups.
        let frame = CampaignFrame(
            campaign: campaign, zone: zone, templates: sources.templates, policy: SendPolicy(), stage: campaign.variantStage)
        let intents = people.enumerated().map { number, person in
            let candidate = Candidate(person: person, run: campaign.run, event: event, dueAt: now, excluded: nil)
            return frame.intent(for: candidate, number: number, at: now)
        }
        return try qualifier.qualifications(of: intents, in: campaign, session).compactMap { intent, _, reach in
            guard let template = try store.templates.template(intent.message.template, of: campaign.accountID, in: session) else {
                return nil
            }
            return TestMessage(intent, template, reach)
        }
    }

    private static let unknownPerson = InputError(.notFound, code: "profile_not_found", field: "to", "No such profile.")
}

extension TestMessages.Wish {
    /// Reads `{to: {identity | email | objectId | profile_id} | "test_profiles", variant?, event?}`.
    /// - Throws: `InputError` that names the field.
    package init(json: JSONValue) throws(InputError) {
        let input = try InputObject(json, code: "invalid_test", keys: ["to", "variant", "event"])
        variant = try input.lineIfPresent("variant", limit: 40)
        event = input["event"] == nil ? nil : try Self.event(input)
        who = input["to"]?.string == "test_profiles" ? .marked : try Self.one(input)
    }

    private static func event(_ input: InputObject) throws(InputError) -> [String: JSONValue] {
        guard let members = input["event"]?.object else {
            throw input.error("event", #"event must hold the event's properties, as in {"Amount": 120}."#)
        }
        return members
    }

    private static func one(_ input: InputObject) throws(InputError) -> Who {
        let keys = ["identity", "email", "objectId", "profile_id"]
        guard input["to"]?.object != nil else {
            throw input.error("to", #"to must be "test_profiles", or name one person by \#(keys.joined(separator: ", "))."#)
        }
        let to = try input.object("to", keys: keys)
        guard to.members.count == 1, let (key, value) = to.members.first else {
            throw input.error("to", "to names a person by exactly one of \(keys.joined(separator: ", ")).")
        }
        if key == "profile_id" {
            guard let number = value.int, number > 0 else { throw to.error(key, "profile_id must be the number of a profile.") }
            return .profile(ProfileID(rawValue: number))
        }
        guard let text = value.string else { throw to.error(key, "\(key) must be a text.") }
        switch key {
        case "identity": return .one(.identity(text))
        case "email": return .one(.email(text))
        default: return .one(.objectID(text))
        }
    }
}

extension Campaign {
    /// The same campaign with one of its variants as its only message; itself for nil.
    fileprivate func sending(_ variant: String?) throws(InputError) -> Campaign {
        guard let variant else { return self }
        let variants = if case .variants(let test) = definition.what { test.variants } else { [MessageVariants.Variant]() }
        guard let chosen = variants.first(where: { $0.name == variant }) else {
            let names = variants.isEmpty ? "none" : variants.map(\.name).joined(separator: ", ")
            throw InputError(code: "unknown_variant", field: "variant", "There is no variant \(variant); there are: \(names).")
        }
        var campaign = self
        campaign.definition.what = .single(chosen.choice)
        return campaign
    }
}

extension TestMessage {
    fileprivate init(_ intent: Intent, _ template: Template, _ reach: Reachability) {
        (person, self.template) = (intent.candidate.person, template)
        switch (intent.fate, Recipient(intent.candidate.person, reach)) {
        case (.planned(let values), let recipient?): (ready, reason) = (Ready(recipient: recipient, values: values), nil)
        case (.excluded(let reason), _): (ready, self.reason) = (nil, reason)
        case (_, nil): (ready, reason) = (nil, .noPhone)
        case (.control, _): (ready, reason) = (nil, nil)
        }
    }
}

extension Recipient {
    /// Nil for somebody without a number whose id WhatsApp has not told.
    fileprivate init?(_ person: Profile, _ reach: Reachability) {
        if let phone = person.phone { self = .phone(phone); return }
        guard case .reachableByUserID(let id) = reach, let user = ScopedUserID(id) else { return nil }
        self = .user(user)
    }
}
