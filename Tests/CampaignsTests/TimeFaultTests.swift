import Campaigns
import Core
import Storage
import StorageTesting
import Synchronization
import Testing
import ZoneTime

/// What goes wrong with time (`faults.md` D), as far as campaigns and not zones have to get it right.
@Suite struct TimeFaultTests {
    private let start = CampaignFixture.now + .seconds(3600)

    // D2: the day is changed and then the hour.
    @Test(arguments: [
        ("2026-09-05T09:13:00Z", "2026-09-07T00:00:00Z"),  // Saturday 18:13 in Tokyo: Monday 09:00
        ("2026-09-04T09:13:00Z", "2026-09-07T00:00:00Z"),  // Friday 18:13
        ("2026-09-03T09:13:00Z", "2026-09-04T00:00:00Z"),  // Thursday 18:13: Friday 09:00
        ("2026-09-07T03:00:00Z", "2026-09-07T03:00:00Z"),  // Monday at noon: now
    ])
    func `what waits for a weekday waits for its hour as well`(time: String, open: String) throws {
        let hours: JSONValue = [
            ["days": ["sat", "sun"], "from": "00:00", "to": "24:00"], ["days": ["mon"], "from": "00:00", "to": "09:00"],
            ["days": ["mon", "tue", "wed", "thu", "fri"], "from": "18:00", "to": "09:00"],
        ]
        let (moment, zone) = (try #require(Timestamp(iso8601: time)), try #require(Zones().zone(named: "Asia/Tokyo")))
        #expect(try WeeklyHours(hours, path: "hours", code: "invalid").nextOpen(from: moment, in: zone) == Timestamp(iso8601: open))
    }

    // D3: by UTC it is 09:00; half of the world is past that hour.
    @Test(arguments: TestEngine.available, ["next_day", "drop"])
    func `each of 24 zones gets it at its own hour, or is counted as missed`(kind: TestEngine, passed: String) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.setZone("UTC")
        let offsets = Array(-11...12 as ClosedRange<Int64>)
        for (place, offset) in offsets.enumerated() {
            try await fixture.add(Int64(place + 1), ["Tz": .string("GMT\(offset < 0 ? "-" : "+")\(abs(offset))")])
        }
        let campaign = try await fixture.launch([
            "when": ["start": .string(start.iso8601()), "time_zone": "person", "passed": .string(passed)]
        ])
        await fixture.drain(fixture.runner(at: start))
        let rows = try await fixture.engine.read { try $0.rows(Self.due, [.id(campaign.id)]) }
        #expect(rows.count == 24)
        for (row, offset) in zip(rows, offsets) {
            let hours = offset > 0 && passed == "next_day" ? 24 - offset : -offset
            #expect(try row.time(1) == start + .seconds(hours * 3600), "GMT\(offset)")
            #expect(try row.textIfPresent(2) == (offset > 0 && passed == "drop" ? "start_missed" : nil), "GMT\(offset)")
        }
    }

    // D5: the rules of the account's zone change while somebody waits.
    @Test(arguments: TestEngine.available)
    func `the wall's hour counts by the rules that hold when the moment comes`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...1)
        try await fixture.setZone("Europe/Berlin")
        let campaign = try await fixture.launchLive(
            .dateTime, ["event": ["name": "Flight Booked"], "date_property": "departure", "offset": ["days": -1, "at": "09:00"]])
        let leaves = CampaignFixture.now + .seconds(5 * 86_400)  // 20 January 2027, 08:00 UTC
        try await fixture.event(
            "Flight Booked", of: 1, received: CampaignFixture.now + .seconds(60), ["departure": .string(leaves.propertyDate)])
        await fixture.pass(to: CampaignFixture.now + .seconds(61))
        let (berlin, newYork) = (leaves - .seconds(86_400), leaves - .seconds(86_400 - 6 * 3600))
        try await fixture.setZone("America/New_York")
        await fixture.pass(to: berlin)
        #expect(try await fixture.messages(of: campaign).isEmpty)
        #expect(try await fixture.waiting() == 1)
        await fixture.pass(to: newYork - .seconds(1))
        #expect(try await fixture.messages(of: campaign).isEmpty)
        await fixture.pass(to: newYork)
        #expect(try await fixture.messages(of: campaign).count == 1)
        #expect(try await fixture.waiting() == 0)
    }

    // D6.
    @Test(arguments: TestEngine.available)
    func `a campaign that the clock jumped over waits for a person`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...3)
        let (now, steady) = (CampaignFixture.now, Steady())
        let watch = ClockWatch { steady.now }
        let skipped = try await fixture.launch(["when": ["start": .string((now + .seconds(12_600)).iso8601())]])
        let later = try await fixture.launch(["when": ["start": .string((now + .seconds(30 * 3600)).iso8601())]])
        await fixture.drain(fixture.runner(at: now, watch: watch))
        steady.pass(.seconds(10))
        let jumped = now + .seconds(4 * 3600)  // half an hour after the start, which alone would not be too late
        await fixture.drain(fixture.runner(at: jumped, watch: watch))
        let held = try #require(try await fixture.campaign(skipped.id))
        #expect(held.status == .scheduled && held.heldCode == .clockJumped && held.heldAt == jumped)
        #expect(try await fixture.campaigns.hold(of: held)?.code == "clock_jumped")
        steady.pass(.seconds(26 * 3600))
        await fixture.drain(fixture.runner(at: now + .seconds(30 * 3600), watch: watch))
        #expect(try await fixture.messages(of: later.id).count == 3)
        #expect(try await fixture.messages(of: skipped.id).isEmpty)
        let resumed = now + .seconds(30 * 3600 + 5)
        _ = try await fixture.store(at: resumed).resume(skipped.id, of: CampaignFixture.account)
        await fixture.drain(fixture.runner(at: resumed, watch: watch))
        #expect(try await fixture.messages(of: skipped.id).count == 3)
    }

    // D6: what is no jump.
    @Test(arguments: [
        (wall: 12_660, steady: 12_660, begins: true), (12_660, 9061, true), (12_660, 9059, false), (-86_400, 10, false),
        (12_660, 20_000, true),
    ])
    func `only an hour more than has passed is a jump`(wall: Int, steady passed: Int, begins: Bool) async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...3)
        let (now, steady) = (CampaignFixture.now, Steady())
        let watch = ClockWatch { steady.now }
        let campaign = try await fixture.launch(["when": ["start": .string((now + .seconds(12_600)).iso8601())]])
        await fixture.drain(fixture.runner(at: now, watch: watch))
        steady.pass(.seconds(passed))
        await fixture.drain(fixture.runner(at: now + .seconds(wall), watch: watch))
        #expect(try await fixture.messages(of: campaign.id).count == (begins ? 3 : 0))
        #expect(try await fixture.campaign(campaign.id)?.heldCode == (begins || wall < 0 ? nil : .clockJumped))
    }

    // D10.
    @Test func `who was born on 29 February gets the message on the 28th in common years`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.setZone("UTC")
        let born = Timestamp(seconds: Timestamp.days(year: 1988, month: 2, day: 29) * 86_400)
        try await fixture.add(1, ["DOB": .string(born.propertyDate)])
        let campaign = try await fixture.launchLive(
            .dateTime, ["profile_date": "DOB", "yearly": true, "offset": ["days": 0, "at": "09:00"]])
        for (year, month, day, count) in [(2027, 2, 28, 1), (2028, 2, 28, 1), (2028, 2, 29, 2), (2029, 2, 28, 3)]
            as [(Int64, Int64, Int64, Int)]
        {
            let moment = Timestamp(seconds: Timestamp.days(year: year, month: month, day: day) * 86_400 + 9 * 3600)
            await fixture.pass(to: moment - .seconds(1))
            await fixture.pass(to: moment)
            #expect(try await fixture.messages(of: campaign).count == count, "\(year)-\(month)-\(day)")
        }
    }

    private static let due = Query(
        "test.due", "SELECT profile_id, due_at, reason FROM message WHERE campaign_id = $1 ORDER BY profile_id")
}

/// A clock that nobody can set.
private final class Steady: Sendable {
    private let time = Mutex(Duration.zero)

    var now: Duration { time.withLock { $0 } }

    func pass(_ length: Duration) { time.withLock { $0 += length } }
}
