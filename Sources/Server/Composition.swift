import API
import Accounts
import AsyncHTTPClient
import Audience
import Campaigns
import Channels
import Consequences
import Core
import Delivery
import Ingest
import Logging
import Messages
import Profiles
import Providers
import Receipts
import Stats
import Storage
import WhatsApp
import ZoneTime

/// Every part, built once and handed to those who need it. The only place that names a provider.
struct Composition: Sendable {
    static let providers = ProviderList(
        [VonageProvider(), MetaProvider(), GupshupProvider(), GupshupEnterpriseProvider(), GenericProvider()],
        aliases: ["nexmo": "vonage"])

    let settings: ServerSettings
    let engine: any SQLEngine
    let logger: Logger
    let clock: WallClock
    let accounts: AccountStore
    let signIns: SignIns
    let profiles: ProfileStore
    let consent: ConsentStore
    let events: EventStore
    let upload: UploadService
    let subscribe: SubscribeService
    let segments: SegmentParts
    let channels: ChannelStore
    let templates: TemplateStore
    let ledger: MessageLedger
    let campaigns: CampaignStore
    let controlGroups: ControlGroupStore
    let unknown: UnknownMessages
    let runner: CampaignRunner
    let live: LiveRunner
    let conversions: ConversionRunner
    let dispatcher: Dispatcher
    let templateSync: TemplateSync
    let preflights: PreflightDesk
    let preflight: Preflight
    let direct: DirectSends
    let zones: Zones
    let testMessages: TestMessages
    let testSender: TestSender
    let media: MediaFetcher
    let inbound: InboundReader
    let inbox: WebhookInbox
    let receipts: ReceiptApplier
    let stats: StatsReader
    let address: PublicAddress

    /// - Parameters:
    ///   - key: seals credentials and digests passcodes.
    ///   - client: for requests to providers.
    init(settings: ServerSettings, engine: any SQLEngine, key: SecretKey, client: HTTPClient, logger: Logger) {
        (self.settings, self.engine, self.logger) = (settings, engine, logger)
        clock = settings.clock
        let ids = IDMaker(clock: clock)
        let (campaignsChanged, planned, arrived) = (Signal(), Signal(), Signal())
        let (followed, built) = (Signal(), Signal())
        zones = Zones(clock: clock)
        let hashing = PasswordHashing()
        accounts = AccountStore(engine: engine, clock: clock, ids: ids, secretKey: key, hashing: hashing)
        signIns = SignIns(engine: engine, clock: clock, hashing: hashing)
        profiles = ProfileStore(engine: engine, clock: clock, ids: ids)
        consent = ConsentStore(clock: clock, ids: ids)
        events = EventStore(clock: clock)
        upload = UploadService(engine: engine, profiles: profiles, stored: [followed, built])
        subscribe = SubscribeService(engine: engine, profiles: profiles, consents: consent, events: events, clock: clock)
        segments = SegmentParts(
            engine: engine, profiles: profiles, events: events, consents: consent, zones: zones, clock: clock, key: key,
            stored: built, logger: logger)
        channels = ChannelStore(
            engine: engine, providers: Self.providers, key: key, allowsPrivateAddresses: settings.allowsPrivateProviders, clock: clock)
        templates = TemplateStore(engine: engine, clock: clock)
        ledger = MessageLedger(engine: engine, ids: ids)
        let store = segments.store
        campaigns = CampaignStore(
            engine: engine, channels: channels, templates: templates, segments: SegmentLookup { try store.hasPeople($0, of: $1, in: $2) },
            clock: clock, wake: campaignsChanged)
        controlGroups = ControlGroupStore(engine: engine, profiles: profiles, clock: clock)
        unknown = UnknownMessages(engine: engine, ledger: ledger, clock: clock, wake: campaignsChanged)
        let audiences = segments.audiences
        let planner = CampaignPlanner(
            engine: engine, audiences: audiences, profiles: profiles, consent: consent, ledger: ledger, zones: zones, clock: clock)
        runner = CampaignRunner(
            engine: engine, planner: planner, ledger: ledger, clock: clock, wake: campaignsChanged,
            planned: planned, logger: logger)
        live = LiveRunner(
            engine: engine, audiences: audiences, profiles: profiles, events: events, consent: consent,
            ledger: ledger, zones: zones, clock: clock, wake: followed, planned: planned, logger: logger)
        preflight = Preflight(
            store: campaigns, audiences: audiences, profiles: profiles, consent: consent,
            ledger: ledger, zones: zones, clock: clock)
        direct = DirectSends(
            store: campaigns, profiles: profiles, consent: consent, ledger: ledger, zones: zones, clock: clock,
            planned: planned)
        preflights = PreflightDesk(preflight: preflight, clock: clock, logger: logger)
        testMessages = TestMessages(
            store: campaigns, audiences: audiences, profiles: profiles, consent: consent, ledger: ledger, zones: zones, clock: clock)
        conversions = ConversionRunner(engine: engine, zones: zones, clock: clock, logger: logger)
        let sender = ProviderClient(client: client, timeout: settings.delivery.requestTimeout)
        let addresses = WhatsAppAddresses(clock: clock)
        let consequences = Consequences(channels: channels, templates: templates, consent: consent)
        let sending = SendingContext(
            engine: engine, ledger: ledger, channels: channels, templates: templates, consent: consent, addresses: addresses,
            zones: PeopleZones(zones: zones), consequences: consequences, providers: Self.providers, client: sender,
            settings: settings.delivery, wake: planned,
            clock: clock, random: .system, logger: logger)
        dispatcher = Dispatcher(context: sending)
        templateSync = TemplateSync(context: sending)
        testSender = TestSender(context: sending, ids: ids)
        media = MediaFetcher(context: sending)
        inbound = InboundReader(engine: engine)
        inbox = WebhookInbox(engine: engine, clock: clock, ids: ids, arrived: arrived)
        receipts = ReceiptApplier(
            engine: engine, ledger: ledger, profiles: profiles, consent: consent, addresses: addresses, channels: channels,
            templates: templates, consequences: consequences, providers: Self.providers, clock: clock, ids: ids, arrived: arrived,
            logger: logger)
        stats = StatsReader(engine: engine)
        address = PublicAddress(settings.publicURL(port: settings.listen.port))
    }
}
