import Channels
import Consequences
import Core
import Logging
import Messages
import Profiles
import Receipts
import Storage
import StorageTesting
import WhatsApp

/// A database with an account, a channel of the fake provider, a template, two campaigns and profiles 1 to 120 with
/// numbers of their own, and everything that receives webhooks over it.
struct ReceiptsFixture {
    let engine: any SQLEngine
    let moment = Moment()
    let ids: IDMaker
    let ledger: MessageLedger
    let consent: ConsentStore
    let channels: ChannelStore
    let channel: Channel
    let arrived = Signal()
    static let account = AccountID(rawValue: 1)
    static let providers = ProviderList([FakeProvider()])

    init(_ kind: TestEngine) async throws {
        engine = try await kind.makeWithAccount()
        ids = IDMaker(clock: moment.clock)
        ledger = MessageLedger(engine: engine, ids: ids)
        consent = ConsentStore(clock: moment.clock, ids: ids)
        let key = SecretKey(from: .system)
        channels = ChannelStore(engine: engine, providers: Self.providers, key: key, clock: moment.clock)
        channel = try await channels.create(
            ["nickname": "Main", "provider": "fake", "number": "+37052000000", "credentials": [:]], for: Self.account)
        try await insertRest()
    }

    var inbox: WebhookInbox { WebhookInbox(engine: engine, clock: moment.clock, ids: ids, arrived: arrived) }
    var door: WebhookDoor { WebhookDoor(channels: channels, providers: Self.providers, inbox: inbox, clock: moment.clock) }

    /// A new one each time, as after a restart.
    var applier: ReceiptApplier {
        let templates = TemplateStore(engine: engine, clock: moment.clock)
        return ReceiptApplier(
            engine: engine, ledger: ledger, profiles: ProfileStore(engine: engine, clock: moment.clock, ids: ids), consent: consent,
            addresses: WhatsAppAddresses(clock: moment.clock), channels: channels, templates: templates,
            consequences: Consequences(channels: channels, templates: templates, consent: consent), providers: Self.providers,
            clock: moment.clock, ids: ids, arrived: arrived,
            logger: Logger(label: "test") { _ in
                SwiftLogNoOpLogHandler()
            })
    }

    static func phone(_ profile: Int) -> String { "37060001\(100 + profile)" }

    /// Plans, claims and asks for one message to each of the profiles; the ids in the order of the profiles.
    func ask(_ profiles: ClosedRange<Int>, campaign: Int64 = 1) async throws -> [MessageID] {
        let run = CampaignRun(
            accountID: Self.account, campaignID: CampaignID(rawValue: campaign), channelID: channel.id)
        let now = moment.now
        let qualifications = profiles.map { number in
            Qualification(
                profileID: ProfileID(rawValue: Int64(number)), phone: PhoneNumber(digits: Self.phone(number)), run: 1,
                templateID: TemplateID(rawValue: 1), dueAt: now, fate: .planned([]))
        }
        try await engine.write { [ledger] in _ = try ledger.qualify(qualifications, for: run, at: now, in: $0) }
        let lease = now + .seconds(30)
        let claimed = try await ledger.claim(on: channel.id, [TemplateID(rawValue: 1): 1000], at: now, leaseUntil: lease)
        let asked = try await engine.write { [ledger] in try ledger.ask(claimed, at: now, leaseUntil: lease, in: $0) }
        return asked.sorted { $0.profileID < $1.profileID }.map(\.id)
    }

    /// The provider's answer: accepted under `id`.
    func accept(_ message: MessageID, as id: String) async throws {
        try await ledger.settle([
            Settlement(messageID: message, attempt: 1, result: .accepted(Acceptance(providerMessageID: id)), at: moment.now)
        ])
    }

    func store(_ body: JSONValue, _ kind: WebhookKind = .status) async throws {
        try await inbox.store(kind, channel: channel.id, account: Self.account, body: body.bytes)
    }

    /// Stores and applies.
    func receive(_ bodies: JSONValue...) async throws {
        for body in bodies { try await store(body) }
        while try await applier.applyDue() > 0 {}
    }
}

extension ReceiptsFixture {
    func rows(_ query: Query, _ values: [SQLValue] = []) async throws -> [[SQLValue]] {
        try await engine.read { try $0.rows(query, values).map(\.values) }
    }

    /// State, reason and milestones of each message, by id.
    func messages() async throws -> [[SQLValue]] { try await rows(Self.messageRows) }
    func inbound() async throws -> [[SQLValue]] { try await rows(Self.inboundRows) }
    /// State, tries and note of each stored call.
    func webhooks() async throws -> [[SQLValue]] { try await rows(Self.webhookRows) }
    func tallies() async throws -> [[SQLValue]] { try await rows(Self.tallyRows) }
    /// What the tallies must be, counted from the messages.
    func recount() async throws -> [[SQLValue]] { try await rows(Self.counted) }

    /// Everything that webhooks change besides their own rows.
    func everything() async throws -> [[SQLValue]] { try await messages() + inbound() + tallies() + rows(Self.consentRows) }

    private static let messageRows = Query(
        "test.messages",
        """
        SELECT state, reason, provider_message_id, accepted_at, sent_at, delivered_at, viewed_at, failed_at, replies, campaign_id
        FROM message ORDER BY id
        """)
    private static let inboundRows = Query(
        "test.inbound",
        """
        SELECT provider_message_id, sender, profile_id, message_id, campaign_id, kind, text, occurred_at FROM inbound
        ORDER BY provider_message_id
        """)
    private static let webhookRows = Query("test.webhooks", "SELECT state, tries, note FROM raw_webhook ORDER BY id")
    private static let consentRows = Query(
        "test.consents", "SELECT id, whatsapp FROM profile UNION ALL SELECT profile_id, granted FROM consent ORDER BY 1, 2")
    private static let tallyRows = Query(
        "test.tallies", "SELECT campaign_id, name, value FROM tally WHERE value <> 0 ORDER BY campaign_id, name")
    private static let counted = Query(
        "test.counted",
        """
        SELECT campaign_id, name, value FROM (
            SELECT campaign_id, 'qualified' AS name, COUNT(*) AS value FROM message GROUP BY campaign_id
            UNION ALL SELECT campaign_id, 'sent', COUNT(*) FROM message WHERE state = 'accepted' GROUP BY campaign_id
            UNION ALL SELECT campaign_id, 'unknown', COUNT(*) FROM message WHERE state = 'unknown' GROUP BY campaign_id
            UNION ALL SELECT campaign_id, 'delivered', COUNT(*) FROM message WHERE delivered_at IS NOT NULL GROUP BY campaign_id
            UNION ALL SELECT campaign_id, 'viewed', COUNT(*) FROM message WHERE viewed_at IS NOT NULL GROUP BY campaign_id
            UNION ALL SELECT campaign_id, 'delivery_errors', COUNT(*) FROM message
                WHERE failed_at IS NOT NULL AND delivered_at IS NULL GROUP BY campaign_id
            UNION ALL SELECT campaign_id, 'delivery_error:' || reason, COUNT(*) FROM message
                WHERE failed_at IS NOT NULL AND delivered_at IS NULL GROUP BY campaign_id, reason
            UNION ALL SELECT campaign_id, 'replied', COUNT(*) FROM inbound WHERE campaign_id IS NOT NULL GROUP BY campaign_id
        ) AS counts ORDER BY campaign_id, name
        """)
}

extension ReceiptsFixture {
    private func insertRest() async throws {
        try await engine.write { [channel] session in
            try session.run(Self.template, [.id(channel.id)])
            try session.run(
                Self.campaign, batch: [[.int(1), .text("First"), .id(channel.id)], [.int(2), .text("Second"), .id(channel.id)]])
            try session.run(Self.profile, batch: (1...120).map { [.int($0), .text("o\($0)"), .text(Self.phone($0))] })
        }
    }

    private static let template = Query(
        "fixture.template",
        """
        INSERT INTO template (id, account_id, channel_id, name, language, content, approval, created_at, updated_at)
        VALUES (1, 1, $1, 'shop:hello', 'en', '{"body":"Hello!"}', 'approved', 0, 0)
        """)
    private static let campaign = Query(
        "fixture.campaign",
        """
        INSERT INTO campaign (id, account_id, name, type, status, channel_id, template_id, definition, run, created_at)
        VALUES ($1, 1, $2, 'one_time', 'running', $3, 1, '{}', 1, 0)
        """)
    private static let profile = Query(
        "fixture.profile",
        """
        INSERT INTO profile (id, account_id, object_id, phone, whatsapp, properties, written_at, created_at, updated_at)
        VALUES ($1, 1, $2, $3, 1, '{}', 0, 0, 0)
        """)
}
