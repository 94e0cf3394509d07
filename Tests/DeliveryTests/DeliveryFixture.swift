import AsyncHTTPClient
import Channels
import Consequences
import Core
import Logging
import Messages
import Profiles
import Storage
import StorageTesting
import WhatsApp
import ZoneTime

@testable import Delivery

/// Seconds after a fixed moment.
func at(_ seconds: Int) -> Timestamp { Timestamp(seconds: 1_793_000_000 + Int64(seconds)) }

/// A database with an account, a template list and a campaign to thirty people with numbers.
struct DeliveryFixture {
    static let account = AccountID(rawValue: 1)
    let engine: any SQLEngine
    let channels: ChannelStore
    let templates: TemplateStore
    let ledger: MessageLedger
    let providers: ProviderList
    private let clock = WallClock.fixed(at(0))
    private let ids = IDMaker(clock: .fixed(at(0)))

    init(_ kind: TestEngine, provider: any Provider, people count: Int = 30) async throws {
        engine = try await kind.makeWithAccount()
        providers = ProviderList([provider])
        channels = ChannelStore(engine: engine, providers: providers, key: SecretKey(from: Randomness { 1 }), clock: clock)
        templates = TemplateStore(engine: engine, clock: clock)
        ledger = MessageLedger(engine: engine, ids: ids)
        let people = (1...count).map { [SQLValue.int($0), .text("o\($0)"), .text(Self.phone($0))] }
        try await engine.write { _ = try $0.run(Self.profile, batch: people) }
    }

    static func phone(_ number: Int) -> String { number < 90 ? "370600000\(10 + number)" : "3706\(1_000_000 + number)" }

    func channel(_ nickname: String, _ changes: [String: JSONValue] = [:]) async throws -> Channel {
        let draft: [String: JSONValue] = [
            "nickname": .string(nickname), "provider": .string(providers.names.first ?? ""), "number": "+37052000000",
            "credentials": ["key": "open sesame"],
        ]
        return try await channels.create(.object(draft.merging(changes) { $1 }), for: Self.account)
    }

    func context(_ client: HTTPClient, timeout: Duration = .seconds(20)) -> SendingContext {
        let consent = ConsentStore(clock: clock, ids: ids)
        return SendingContext(
            engine: engine, ledger: ledger, channels: channels, templates: templates, consent: consent,
            addresses: WhatsAppAddresses(clock: clock), zones: PeopleZones(zones: Zones()),
            consequences: Consequences(channels: channels, templates: templates, consent: consent), providers: providers,
            client: ProviderClient(client: client, timeout: timeout), settings: DeliverySettings(), wake: Signal(), clock: clock,
            random: .system, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Claimed messages of a campaign of its own over a channel, one to each of these people.
    func claimed(_ people: [Int], over channel: Channel, campaign: Int64) async throws -> [MessageRecord] {
        let template = try await plan(people, over: channel, campaign: campaign)
        return try await ledger.claim(on: channel.id, [template: 100], at: at(0), leaseUntil: at(30))
    }

    /// Due messages of a campaign of its own, which runs, over a channel, one to each of these people.
    /// - Returns: the campaign's template, approved.
    @discardableResult
    func plan(_ people: [Int], over channel: Channel, campaign: Int64, lane: Lane = .campaign) async throws -> TemplateID {
        let name = JSONValue.string("shop:hello\(campaign)")
        let template = try await templates.create(["name": name, "body": "Hello"], channel: channel.id, account: Self.account).id
        try await engine.write {
            _ = try $0.run(Self.campaign, [.integer(campaign), .text("C\(campaign)"), .id(channel.id), .id(template)])
        }
        let run = CampaignRun(
            accountID: Self.account, campaignID: CampaignID(rawValue: campaign), channelID: channel.id, lane: lane)
        let qualifications = people.map { number in
            Qualification(
                profileID: ProfileID(rawValue: Int64(number)), phone: PhoneNumber(digits: Self.phone(number)), run: 1,
                templateID: template, dueAt: at(0), fate: .planned([]))
        }
        try await engine.write { [ledger] in _ = try ledger.qualify(qualifications, for: run, at: at(0), in: $0) }
        return template
    }

    private static let profile = Query(
        "fixture.profile",
        """
        INSERT INTO profile (id, account_id, object_id, phone, whatsapp, properties, written_at, created_at, updated_at)
        VALUES ($1, 1, $2, $3, 1, '{}', 0, 0, 0)
        """)
    private static let campaign = Query(
        "fixture.campaign",
        """
        INSERT INTO campaign (id, account_id, name, type, status, channel_id, template_id, definition, run, created_at)
        VALUES ($1, 1, $2, 'one_time', 'running', $3, $4, '{}', 1, 0)
        """)
}
