import API
import Audience
import Campaigns
import Channels
import Core
import Messages
import Profiles
import ProviderTesting
import Stats
import Storage
import StorageTesting
import WhatsApp
import ZoneTime

/// The calls about campaigns at `/1`, whose errors have the vendor's shape, over an account with a channel and the approved
/// template `shop:plain`.
struct CampaignSite {
    let site: CompatibleSite
    let engine: any SQLEngine

    init() async throws {
        engine = try await TestEngine.sqlite.makeWithAccount()
        site = try await CompatibleSite()
        let clock = WallClock.fixed(CompatibleSite.now)
        let channels = ChannelStore(
            engine: engine, providers: ProviderList([PretendProvider()]), key: SecretKey(from: .system), clock: clock)
        let templates = TemplateStore(engine: engine, clock: clock)
        let account = AccountID(rawValue: 1)
        let channel = try await channels.create(
            ["nickname": "Shop", "provider": "pretend", "number": "+14155551234", "credentials": [:]], for: account)
        _ = try await templates.create(["name": "shop:plain", "body": "Hello"], channel: channel.id, account: account)
        _ = try await templates.create(
            [
                "name": "shop:order", "body": "Hello {{1}}, order {{2}} is here.", "header": ["type": "image"],
                "buttons": ["Fine", ["type": "url", "text": "Track", "url": "https://example.com/{{1}}"]],
            ], channel: channel.id, account: account)
        let store = CampaignStore(engine: engine, channels: channels, templates: templates, clock: clock, wake: Signal())
        let ids = IDMaker(clock: clock)
        let unknown = UnknownMessages(engine: engine, ledger: MessageLedger(engine: engine, ids: ids), wake: Signal())
        CampaignRoutes(campaigns: store, unknown: unknown, stats: StatsReader(engine: engine)).add(to: site.group)
        CampaignSettingsRoutes(campaigns: store).add(to: site.group)
        let profiles = ProfileStore(engine: engine, clock: clock, ids: ids)
        let groups = ControlGroupStore(engine: engine, profiles: profiles, clock: clock)
        ControlGroupRoutes(groups: groups).add(to: site.group)
        let (consent, zones) = (ConsentStore(clock: clock, ids: ids), Zones(clock: clock))
        let stores = AudienceStores(profiles: profiles, events: EventStore(clock: clock), consents: consent)
        let audiences = Audiences(engine: engine, stores: stores, builder: BlockBuilder(engine: engine, stores: stores))
        let ledger = MessageLedger(engine: engine, ids: ids)
        let preflight = Preflight(
            store: store, audiences: audiences, profiles: profiles, consent: consent, ledger: ledger,
            zones: zones, clock: clock)
        PreflightRoutes(desk: PreflightDesk(preflight: preflight, clock: clock, small: 100)).add(to: site.group)
        let direct = DirectSends(
            store: store, profiles: profiles, consent: consent, ledger: ledger, zones: zones, clock: clock,
            planned: Signal())
        TargetRoutes(
            campaigns: store, preflight: preflight, direct: direct, channels: channels, templates: templates,
            stats: StatsReader(engine: engine), zones: zones
        ).add(to: site.group)
    }

    /// A campaign to everyone from 2030 on.
    static func campaign(_ changes: [String: JSONValue] = [:]) -> JSONValue {
        let plain: [String: JSONValue] = [
            "name": "Tickets", "type": "one_time", "when": ["start": "2030-01-01T10:00:00Z"], "who": ["where": [:]],
            "what": ["template": "shop:plain"],
        ]
        return .object(plain.merging(changes) { $1 })
    }

    func test(_ body: @escaping @Sendable (CompatibleSite.Client) async throws -> Void) async throws { try await site.test(body) }
}
