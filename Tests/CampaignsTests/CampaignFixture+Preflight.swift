import Audience
import Campaigns
import Core
import Messages
import Profiles
import ZoneTime

extension CampaignFixture {
    func preflight(pages: Int = 10) -> Preflight {
        let clock = WallClock.fixed(Self.now)
        let ids = IDMaker(clock: clock)
        let (profiles, consent) = (ProfileStore(engine: engine, clock: clock, ids: ids), ConsentStore(clock: clock, ids: ids))
        return Preflight(
            store: campaigns, audiences: Self.audiences(over: engine, profiles, consent, clock),
            profiles: profiles, consent: consent, ledger: ledger, zones: Zones(clock: clock), clock: clock, pageSize: pages)
    }

    var testMessages: TestMessages {
        let clock = WallClock.fixed(Self.now)
        let ids = IDMaker(clock: clock)
        let (profiles, consent) = (ProfileStore(engine: engine, clock: clock, ids: ids), ConsentStore(clock: clock, ids: ids))
        return TestMessages(
            store: campaigns, audiences: Self.audiences(over: engine, profiles, consent, clock), profiles: profiles, consent: consent,
            ledger: ledger, zones: Zones(clock: clock), clock: clock)
    }
}
