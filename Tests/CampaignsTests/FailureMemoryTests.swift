import Campaigns
import Core
import StorageTesting
import Testing

@Suite struct FailureMemoryTests {
    private let campaigns = [CampaignID(rawValue: 1), CampaignID(rawValue: 2)]

    @Test func `a failure that comes back every second is new once a minute`() {
        let memory = FailureMemory()
        let seconds = (0..<180).filter { memory.isNew("advance", of: campaigns[0], at: Timestamp(seconds: 1000 + $0)) }
        #expect(seconds == [0, 60, 120])
    }

    @Test func `every campaign and every step is noted for itself`() {
        let (memory, now) = (FailureMemory(), Timestamp(seconds: 1000))
        for (step, id) in [("advance", campaigns[0]), ("advance", campaigns[1]), ("clear", campaigns[0]), ("clear", nil)] {
            #expect(memory.isNew(step, of: id, at: now))
            #expect(!memory.isNew(step, of: id, at: now + .seconds(59)))
        }
    }

    @Test func `a clock that is set back silences nothing`() {
        let memory = FailureMemory()
        #expect(memory.isNew("clear", of: nil, at: Timestamp(seconds: 1_000_000)))
        #expect(memory.isNew("clear", of: nil, at: Timestamp(seconds: 1000)))
        #expect(!memory.isNew("clear", of: nil, at: Timestamp(seconds: 1001)))
    }

    @Test(arguments: TestEngine.available)
    func `a runner notes what it cannot read`(kind: TestEngine) async throws {
        let (fixture, memory) = (try await CampaignFixture(kind), FailureMemory())
        let bad = try await fixture.launch()
        try await fixture.damage(bad.id)
        _ = await fixture.runner(failures: memory).turn()
        #expect(!memory.isNew("begin", of: bad.id, at: CampaignFixture.now))
        #expect(memory.isNew("begin", of: bad.id, at: CampaignFixture.now + .seconds(60)))
    }
}
