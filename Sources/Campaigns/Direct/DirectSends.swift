package import Core
package import Messages
package import Profiles
import Storage
package import ZoneTime

/// Carries out calls that send at once. They go the way of every message: opt-in, reachability and the last gate count, in the
/// lane of live messages; each call is a run of its campaign.
package struct DirectSends: Sendable {
    /// What became of a call.
    package struct Result: Hashable, Sendable {
        /// How many messages were made, those included that are left out for a reason.
        package var messages = 0
        /// Ids that nobody has.
        package var unknown: [String] = []
        /// The call was carried out before; nothing was done now.
        package var isRepeat = false
    }

    /// How long a repeated call is known.
    package static let memory = Duration.seconds(24 * 3600)

    private let store: CampaignStore
    private let profiles: ProfileStore
    private let qualifier: Qualifier
    private let clock: WallClock
    private let planned: Signal

    /// - Parameter planned: raised when there are messages to send.
    package init(
        store: CampaignStore, profiles: ProfileStore, consent: ConsentStore, ledger: MessageLedger,
        zones: Zones, clock: WallClock = .system, planned: Signal
    ) {
        qualifier = Qualifier(consent: consent, ledger: ledger, policies: PolicyBook(), zones: zones)
        (self.store, self.profiles, self.clock, self.planned) = (store, profiles, clock, planned)
    }

    /// Makes a message for everybody who is named; all of them are in the ledger when it returns.
    /// - Throws: `InputError` for a template that is not there, not approved or not filled.
    package func send(_ call: DirectCall, for account: AccountID) async throws -> Result {
        let definition = try call.definition()
        let sources = try await store.sources(of: definition, on: call.channel, account)
        let now = clock.now()
        let result = try await store.engine.write { session -> Result in
            guard try isNew(call, account, at: now, session) else { return Result(isRepeat: true) }
            let campaign = try begin(call, definition, sources, account, at: now, session)
            let (people, unknown) = try profiles.people(named: call.ids, emails: call.emails, of: account, in: session)
            let count = try qualifier.qualify(intents(for: people, of: campaign, at: now, session), in: campaign, at: now, session)
            return Result(messages: count, unknown: unknown)
        }
        if result.messages > 0 { planned.raise() }
        return result
    }

    private func isNew(_ call: DirectCall, _ account: AccountID, at now: Timestamp, _ session: any SQLSession) throws -> Bool {
        guard let id = call.messageID else { return true }
        return try session.run(Self.noteCall, [.id(account), .text(id), .time(now), .time(now - Self.memory)]) == 1
    }

    /// The call's campaign in a new run, saying what this call says.
    private func begin(
        _ call: DirectCall, _ definition: CampaignDefinition, _ sources: CampaignSources, _ account: AccountID, at now: Timestamp,
        _ session: any SQLSession
    ) throws -> Campaign {
        let key: [SQLValue] = [.id(account), .text(call.key(definition.what.first))]
        // Locks the row, so that two first calls at the same moment make one campaign.
        let known: CampaignID? = try session.row(Self.claimKey, key)?.idIfPresent(0)
        if let known, let campaign = try run(known, at: now, session) { return try ready(campaign, definition, at: now, session) }
        let new = Campaign(
            id: try Counter("campaign").next(in: session), accountID: account, definition: definition, status: .running,
            channelID: sources.channel, templateID: sources.templates[0], createdAt: now)
        try session.run(CampaignQueries.insert, new.values)
        try store.save(sources, labels: [], of: new, session)
        try PolicyBook().set(SendPolicy(of: new, in: session), of: new.id, account: new.accountID, in: session)
        try session.run(Self.setCampaign, key + [.id(new.id)])
        guard let campaign = try run(new.id, at: now, session) else { throw CampaignStore.notFound(new.id) }
        return try ready(campaign, definition, at: now, session)
    }

    private func ready(
        _ campaign: Campaign, _ definition: CampaignDefinition, at now: Timestamp, _ session: any SQLSession
    ) throws -> Campaign {
        try store.checkReady(campaign, at: now, session)
        var campaign = campaign
        campaign.definition.what = definition.what
        return campaign
    }

    /// Nil when the campaign was stopped.
    private func run(_ id: CampaignID, at now: Timestamp, _ session: any SQLSession) throws -> Campaign? {
        guard try session.run(Self.nextRun, [.id(id), .time(now)]) == 1 else { return nil }
        return try session.row(CampaignQueries.byIDAlone, [.id(id)]).map(Campaign.init(row:))
    }

    private func intents(
        for people: [ProfileID], of campaign: Campaign, at now: Timestamp, _ session: any SQLSession
    ) throws -> [Intent] {
        let frame = try qualifier.frame(of: campaign, in: session)
        let found = try profiles.profiles(people, of: campaign.accountID, in: session)
        return people.compactMap { found[$0] }.enumerated().map { number, person in
            let candidate = Candidate(person: person, run: campaign.run, event: nil, dueAt: now, excluded: nil)
            return frame.intent(for: candidate, number: number, at: now)
        }
    }

    private static let noteCall = Query(
        "direct_call.note",
        """
        INSERT INTO direct_call (account_id, message_id, called_at) VALUES ($1, $2, $3)
        ON CONFLICT (account_id, message_id) DO UPDATE SET called_at = excluded.called_at WHERE direct_call.called_at <= $4
        """)
    private static let claimKey = Query(
        "direct_campaign.claim",
        """
        INSERT INTO direct_campaign (account_id, key) VALUES ($1, $2)
        ON CONFLICT (account_id, key) DO UPDATE SET key = excluded.key RETURNING campaign_id
        """)
    private static let setCampaign = Query(
        "direct_campaign.set", "UPDATE direct_campaign SET campaign_id = $3 WHERE account_id = $1 AND key = $2")
    private static let nextRun = Query(
        "campaign.next_run",
        "UPDATE campaign SET run = run + 1, started_at = COALESCE(started_at, $2) WHERE id = $1 AND status = 'running'")
}
