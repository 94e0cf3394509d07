import Channels
import Core
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct ChannelHealthTests {
    private static let failure = SendFailure(.haltChannel, code: "meta_190", summary: "The token expired.")
    private static let other = SendFailure(.haltChannel, code: "meta_368", summary: "Restricted.")

    @Test(arguments: TestEngine.available)
    func `a held channel keeps its first reason, and each refusal moves the next try on`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        try await fixture.hold(Self.failure, since: at(5), now: at(10))
        try await fixture.hold(Self.other, since: at(20), now: at(21))
        let hold = try #require(try await fixture.health().hold)
        #expect((hold.code, hold.summary, hold.since) == ("meta_190", "The token expired.", at(5)))
        #expect(hold.probeAt == at(21) + .seconds(900))
    }

    @Test(arguments: TestEngine.available)
    func `the provider's longer wait outranks the quarter of an hour`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        var failure = Self.failure
        failure.retryAfter = .seconds(60)
        try await fixture.hold(failure, since: at(0), now: at(0))
        #expect(try await fixture.health().hold?.probeAt == at(900))
        failure.retryAfter = .seconds(7200)
        try await fixture.hold(failure, since: at(0), now: at(0))
        #expect(try await fixture.health().hold?.probeAt == at(7200))
    }

    @Test(arguments: TestEngine.available)
    func `one of several wins the right to try, and not before its time`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        #expect(try await !fixture.store.beginProbe(of: fixture.id, at: at(0)))
        try await fixture.hold(Self.failure, since: at(0), now: at(0))
        #expect(try await !fixture.store.beginProbe(of: fixture.id, at: at(900) - .microseconds(1)))
        let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { try await fixture.store.beginProbe(of: fixture.id, at: at(900)) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(wins == 1)
        #expect(try await !fixture.store.beginProbe(of: fixture.id, at: at(1799)))
        #expect(try await fixture.store.beginProbe(of: fixture.id, at: at(1800)))
        #expect(try await fixture.health().hold?.since == at(0))
    }

    @Test(arguments: TestEngine.available)
    func `after a release old news holds nothing and new news does`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        try await fixture.hold(Self.failure, since: at(0), now: at(0))
        #expect(try await fixture.release(at: at(50)))
        #expect(try await !fixture.release(at: at(60)))
        #expect(try await !fixture.store.beginProbe(of: fixture.id, at: at(9999)))
        try await fixture.hold(Self.failure, since: at(0), now: at(70))
        try await fixture.hold(Self.other, since: at(50), now: at(70))
        #expect(try await fixture.health().hold == nil)
        try await fixture.hold(Self.other, since: at(51), now: at(70))
        #expect(try await fixture.health().hold?.code == "meta_368")
    }

    @Test(arguments: TestEngine.available)
    func `a person's release is of the own account and may be repeated`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        try await fixture.hold(Self.failure, since: at(0), now: at(0))
        let error = await #expect(throws: InputError.self) { try await fixture.store.release(fixture.id, of: ChannelFixture.other) }
        #expect(error?.kind == .notFound)
        #expect(try await fixture.health().hold != nil)
        for _ in 1...2 { #expect(try await fixture.store.release(fixture.id, of: ChannelFixture.account).health.hold == nil) }
    }

    @Test(arguments: TestEngine.available)
    func `a notice halts, resumes or only tells, and its words are kept`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        try await fixture.note(ChannelNotice(.note, code: "quality_flagged", summary: "It fell."), now: at(1))
        #expect(try await fixture.notice() == "quality_flagged: It fell. 1")
        try await fixture.note(ChannelNotice(.halt(Self.other), code: "restricted", summary: "Too bad.", occurredAt: at(2)), now: at(3))
        #expect(try await fixture.health().hold?.since == at(2))
        try await fixture.note(ChannelNotice(.note, code: "limit", summary: "TIER_250"), now: at(4))
        #expect(try await fixture.health().hold?.code == "meta_368")
        try await fixture.note(ChannelNotice(.resume, code: "restored", summary: "Go on.", occurredAt: at(5)), now: at(6))
        #expect(try await fixture.health().hold == nil)
        #expect(try await fixture.notice() == "restored: Go on. 6")
        try await fixture.note(ChannelNotice(.halt(Self.other), code: "restricted", summary: "Again.", occurredAt: at(2)), now: at(7))
        #expect(try await fixture.health().hold == nil)
    }

    /// Vendors repeat a call for days, and promise no order.
    @Test(arguments: TestEngine.available)
    func `an old word to go on does not lift a newer halt`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        let resume = ChannelNotice(.resume, code: "restored", summary: "Go on.", occurredAt: at(5))
        try await fixture.note(ChannelNotice(.halt(Self.failure), code: "restricted", summary: "", occurredAt: at(2)), now: at(3))
        try await fixture.note(resume, now: at(6))
        try await fixture.note(ChannelNotice(.halt(Self.other), code: "restricted", summary: "", occurredAt: at(20)), now: at(20))
        try await fixture.note(resume, now: at(30))
        #expect(try await fixture.health().hold?.code == "meta_368")
    }

    @Test(arguments: TestEngine.available)
    func `an old halt that comes after the word to go on holds nothing`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        try await fixture.note(ChannelNotice(.resume, code: "restored", summary: "Go on.", occurredAt: at(5)), now: at(6))
        try await fixture.note(ChannelNotice(.halt(Self.failure), code: "restricted", summary: "", occurredAt: at(2)), now: at(7))
        #expect(try await fixture.health().hold == nil)
    }

    @Test(arguments: TestEngine.available)
    func `slowing and syncing keep the latest time, and stale is due again`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        for seconds in [5, 9, 7] {
            try await fixture.engine.write { [store = fixture.store, id = fixture.id] in try store.slow(id, at: at(seconds), in: $0) }
        }
        #expect(try await fixture.health().slowedAt == at(9))
        try await fixture.store.markSynced(fixture.id, at: at(5))
        #expect(try await fixture.health().syncedAt == at(5))
        try await fixture.engine.write { [store = fixture.store, id = fixture.id] in try store.markStale(id, in: $0) }
        #expect(try await fixture.health().syncedAt == nil)
    }
}
