import Channels
import Consequences
import Core
import Messages
import Profiles
import ProviderTesting
import Storage
import StorageTesting
import Testing
import WhatsApp

/// A database with a channel, a template, a running campaign and three people who are opted in, each asked for once.
/// The third hides the number.
struct ConsequencesFixture {
    static let account = AccountID(rawValue: 1)
    static let phones = ["37060000001", "37060000002"]
    let engine: any SQLEngine
    let channels: ChannelStore
    let templates: TemplateStore
    let consent: ConsentStore
    let ledger: MessageLedger
    let channel: ChannelID
    let template: TemplateID
    private(set) var messages: [MessageRecord] = []

    init(_ kind: TestEngine) async throws {
        engine = try await kind.makeWithAccount()
        let (clock, ids) = (WallClock.fixed(at(0)), IDMaker(clock: .fixed(at(0))))
        channels = ChannelStore(
            engine: engine, providers: ProviderList([PretendProvider()]), key: SecretKey(from: Randomness { 1 }), clock: clock)
        templates = TemplateStore(engine: engine, clock: clock)
        consent = ConsentStore(clock: clock, ids: ids)
        ledger = MessageLedger(engine: engine, ids: ids)
        channel = try await channels.create(
            ["nickname": "Main", "provider": "pretend", "number": "+37052000000", "credentials": [:]], for: Self.account
        ).id
        template = try await templates.create(["name": "shop:hello", "body": "Hello"], channel: channel, account: Self.account).id
        messages = try await ask()
    }

    var consequences: Consequences { Consequences(channels: channels, templates: templates, consent: consent) }

    /// Lets failures of the first person's message, unless told otherwise, take effect, in one transaction.
    func apply(_ failures: [SendFailure], to message: MessageRecord? = nil, at time: Timestamp = at(10)) async throws {
        let message = try #require(message ?? messages.first)
        let failed = failures.map { Consequences.Failed(message, $0, at: time) }
        try await engine.write { [consequences] in try consequences.apply(failed, at: time, in: $0) }
    }

    /// Whether each of the people may be written to, at a time.
    func reachability(at time: Timestamp = at(20)) async throws -> [Reachability?] {
        let (store, ids) = (ConsentStore(clock: .fixed(time), ids: IDMaker(clock: .fixed(time))), messages.map(\.profileID))
        let known = try await engine.read { try store.reachability(of: ids, account: Self.account, in: $0) }
        return ids.map { known[$0] }
    }

    func hold() async throws -> Hold? { try await channels.channel(channel)?.health.hold }
    func slowedAt() async throws -> Timestamp? { try await channels.channel(channel)?.health.slowedAt }
    func templateHold() async throws -> Hold? { try await templates.template(template)?.hold }

    /// The lines of the first person's ledger of consents.
    func history() async throws -> [ConsentEntry] {
        let id = try #require(messages.first).profileID
        return try await engine.read { [consent] in try consent.history(of: id, account: Self.account, in: $0) }
    }

    /// Everything that can follow from a failure.
    struct Aftermath: Hashable {
        let trouble: [[SQLValue]]
        let reachability: [Reachability?]
        let holds: [Hold?]
        let slowedAt: Timestamp?
        let history: [ConsentEntry]
    }

    func everything() async throws -> Aftermath {
        Aftermath(
            trouble: try await engine.read { try $0.rows(Self.trouble).map(\.values) }, reachability: try await reachability(),
            holds: [try await hold(), try await templateHold()], slowedAt: try await slowedAt(), history: try await history())
    }
}

extension ConsequencesFixture {
    private func ask() async throws -> [MessageRecord] {
        try await engine.write { [channel, template] session in
            try session.run(Self.campaign, [.id(channel), .id(template)])
            try session.run(
                Self.profile,
                batch: [
                    [.int(1), .text("a"), .text(Self.phones[0])], [.int(2), .text("b"), .text(Self.phones[1])],
                    [.int(3), .text("c"), .null],
                ])
            try session.run(Self.address, [])
        }
        let run = CampaignRun(
            accountID: Self.account, campaignID: CampaignID(rawValue: 1), channelID: channel)
        let qualifications = [Self.phones[0], Self.phones[1], nil].enumerated().map { index, digits in
            Qualification(
                profileID: ProfileID(rawValue: Int64(index + 1)), phone: digits.flatMap(PhoneNumber.init(digits:)),
                userID: digits == nil ? "LT.900" : nil, run: 1, templateID: template, dueAt: at(0), fate: .planned([]))
        }
        try await engine.write { [ledger] in _ = try ledger.qualify(qualifications, for: run, at: at(0), in: $0) }
        let claimed = try await ledger.claim(on: channel, [template: 10], at: at(0), leaseUntil: at(30))
        return try await engine.write { [ledger] in try ledger.ask(claimed, at: at(1), leaseUntil: at(31), in: $0) }
    }

    private static let campaign = Query(
        "fixture.campaign",
        """
        INSERT INTO campaign (id, account_id, name, type, status, channel_id, template_id, definition, run, created_at)
        VALUES (1, 1, 'First', 'one_time', 'running', $1, $2, '{}', 1, 0)
        """)
    private static let profile = Query(
        "fixture.profile",
        """
        INSERT INTO profile (id, account_id, object_id, phone, whatsapp, properties, written_at, created_at, updated_at)
        VALUES ($1, 1, $2, $3, 1, '{}', 0, 0, 0)
        """)
    private static let address = Query(
        "fixture.address",
        "INSERT INTO whatsapp_address (account_id, address, kind, profile_id, seen_at) VALUES (1, 'LT.900', 'user', 3, 0)")
    private static let trouble = Query("test.trouble", "SELECT * FROM number_trouble ORDER BY phone")
}

/// Seconds after a fixed moment.
func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_793_000_000 + seconds) }
