import API
import Audience
import Core
import Logging
import Profiles
import Storage
import ZoneTime

/// What knows who fits a rule: blocks, saved segments and lists, and the queries on them.
struct SegmentParts: Sendable {
    let clock: AccountClock
    let blocks: BlockBuilder
    let audiences: Audiences
    let store: SegmentStore
    let lists: CustomLists
    let finder: PeopleFinder
    let events: EventFinder
    let keeper: SizeKeeper
    let seal: CursorSeal

    /// - Parameter stored: raised when people or events were stored.
    init(
        engine: any SQLEngine, profiles: ProfileStore, events: EventStore, consents: ConsentStore, zones: Zones, clock: WallClock,
        key: SecretKey, stored: Signal, logger: Logger
    ) {
        self.clock = AccountClock(engine: engine, zones: zones, clock: clock)
        let stores = AudienceStores(profiles: profiles, events: events, consents: consents)
        blocks = BlockBuilder(engine: engine, stores: stores, wake: stored, logger: logger)
        store = SegmentStore(engine: engine, clock: self.clock)
        audiences = Audiences(engine: engine, stores: stores, builder: blocks, segments: store.rules)
        lists = CustomLists(segments: store, profiles: profiles)
        finder = PeopleFinder(engine: engine, audiences: audiences, profiles: profiles, clock: self.clock)
        self.events = EventFinder(engine: engine, events: events, finder: finder)
        keeper = SizeKeeper(segments: store, finder: finder, logger: logger)
        seal = CursorSeal(key)
    }
}
