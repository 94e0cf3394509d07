import Audience
import Campaigns
import Channels
import Core
import Messages
import Profiles
import ProviderTesting
import Storage
import StorageTesting
import WhatsApp
import ZoneTime

/// A database with one account, the channel 1 and the template 1 (`shop:ticket`, three variables, approved), and
/// everything that makes and plans campaigns over it.
struct CampaignFixture {
    static let account = AccountID(rawValue: 1)
    static let now = Timestamp(seconds: 1_800_000_000)

    let engine: any SQLEngine
    let channels: ChannelStore
    let templates: TemplateStore
    let campaigns: CampaignStore
    let groups: ControlGroupStore
    let ledger: MessageLedger
    let wake = Signal()
    let planned = Signal()

    init(_ kind: TestEngine) async throws {
        engine = try await kind.makeWithAccount()
        channels = ChannelStore(
            engine: engine, providers: ProviderList([PretendProvider()]), key: SecretKey(from: Randomness { 1 }),
            clock: .fixed(Self.now))
        templates = TemplateStore(engine: engine, clock: .fixed(Self.now))
        campaigns = CampaignStore(
            engine: engine, channels: channels, templates: templates, clock: .fixed(Self.now), wake: wake)
        let profiles = ProfileStore(engine: engine, clock: .fixed(Self.now), ids: IDMaker(clock: .fixed(Self.now)))
        groups = ControlGroupStore(engine: engine, profiles: profiles, clock: .fixed(Self.now))
        ledger = MessageLedger(engine: engine, ids: IDMaker(clock: .fixed(Self.now)))
        let channel = try await channels.create(
            ["nickname": "Shop", "provider": "pretend", "number": "+14155551234", "credentials": [:]], for: Self.account)
        try await addTemplate("shop:ticket", body: "Hello {{1}}, your ticket number is {{2}}. See {{3}}.", on: channel.id)
        try await addTemplate("shop:plain", body: "Hello", on: channel.id)
    }

    func addTemplate(
        _ name: String, body: String, approval: String = "approved", on channel: ChannelID = ChannelID(rawValue: 1)
    ) async throws {
        _ = try await templates.create(
            ["name": .string(name), "body": .string(body), "approval": .string(approval)], channel: channel, account: Self.account)
    }

    /// The same campaigns at another time, or with other segments.
    func store(at time: Timestamp = Self.now, segments: SegmentLookup = .none) -> CampaignStore {
        CampaignStore(
            engine: engine, channels: channels, templates: templates, segments: segments, clock: .fixed(time), wake: wake)
    }

    /// A runner as after a start of the program.
    /// - Parameter engine: another way to the same database.
    func runner(
        over engine: (any SQLEngine)? = nil, at time: Timestamp = Self.now, pages: Int = 10, failures: FailureMemory = FailureMemory(),
        watch: ClockWatch = ClockWatch()
    ) -> CampaignRunner {
        let (engine, clock) = (engine ?? self.engine, WallClock.fixed(time))
        let ids = IDMaker(clock: clock)
        let (profiles, consent) = (ProfileStore(engine: engine, clock: clock, ids: ids), ConsentStore(clock: clock, ids: ids))
        let ledger = MessageLedger(engine: engine, ids: ids)
        let planner = CampaignPlanner(
            engine: engine, audiences: Self.audiences(over: engine, profiles, consent, clock), profiles: profiles,
            consent: consent, ledger: ledger, zones: Zones(clock: clock), clock: clock, pageSize: pages)
        return CampaignRunner(
            engine: engine, planner: planner, ledger: ledger, clock: clock, watch: watch, wake: wake, planned: planned,
            interval: .milliseconds(10),
            failures: failures)
    }

    static func audiences(
        over engine: any SQLEngine, _ profiles: ProfileStore, _ consent: ConsentStore, _ clock: WallClock
    ) -> Audiences {
        let stores = AudienceStores(profiles: profiles, events: EventStore(clock: clock), consents: consent)
        return Audiences(engine: engine, stores: stores, builder: BlockBuilder(engine: engine, stores: stores))
    }

    /// A runner of live campaigns at a moment.
    func live(at time: Timestamp) -> LiveRunner {
        let clock = WallClock.fixed(time)
        let ids = IDMaker(clock: clock)
        let (profiles, consent) = (ProfileStore(engine: engine, clock: clock, ids: ids), ConsentStore(clock: clock, ids: ids))
        return LiveRunner(
            engine: engine, audiences: Self.audiences(over: engine, profiles, consent, clock), profiles: profiles,
            events: EventStore(clock: clock), consent: consent, ledger: MessageLedger(engine: engine, ids: ids),
            zones: Zones(clock: clock), clock: clock, wake: wake, planned: planned)
    }

    /// Lets a runner do all there is to do at once.
    func drain(_ runner: CampaignRunner? = nil) async {
        let runner = runner ?? self.runner()
        while await runner.turn() {}
        _ = await runner.turn()
    }

    func create(_ changes: [String: JSONValue] = [:]) async throws -> Campaign {
        try await campaigns.create(Self.definition(changes), for: Self.account)
    }

    /// Makes a campaign and schedules it.
    @discardableResult
    func launch(_ changes: [String: JSONValue] = [:]) async throws -> Campaign {
        try await campaigns.schedule(create(changes).id, of: Self.account)
    }

    func campaign(_ id: CampaignID) async throws -> Campaign? { try await campaigns.campaign(id, of: Self.account) }

    /// Everyone, with a template without variables, from now.
    static func definition(_ changes: [String: JSONValue] = [:]) -> JSONValue {
        let plain: [String: JSONValue] = [
            "name": "Tickets", "type": "one_time", "when": ["start": "now"], "who": ["where": [:]], "what": ["template": "shop:plain"],
        ]
        return .object(plain.merging(changes) { $1 })
    }
}
