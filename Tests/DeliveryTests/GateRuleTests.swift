import Core
import Messages
import StorageTesting
import Testing
import ZoneTime

@testable import Delivery

@Suite struct GateRuleTests {
    @Test(arguments: TestEngine.available)
    func `a campaign has to run, in the same run, and not be over`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind)
        #expect(try await gate.judge(try await gate.claimed([1]), at: at(0)) == [nil])
        #expect(try await gate.judge(try await gate.claimed([2], run: 2), at: at(0)) == [.exclude(.campaignStopped)])
        try await gate.set(SendPolicy(endsAt: at(60)))
        #expect(try await gate.judge(try await gate.claimed([3]), at: at(59)) == [nil])
        #expect(try await gate.judge(try await gate.claimed([4]), at: at(60)) == [.exclude(.campaignStopped)])
        let waiting = try await gate.claimed([5], campaign: 2)
        try await gate.execute("UPDATE campaign SET status = 'stopped' WHERE id = 2")
        #expect(try await gate.judge(waiting, at: at(0)) == [.exclude(.campaignStopped)])
    }

    /// The event that triggered stands in the place of a run. The tables of this version hold one-time campaigns only, so SQLite
    /// is told to look away.
    @Test func `a live campaign has no run to be in`() async throws {
        let gate = try await GateFixture(.sqlite)
        try await gate.execute("PRAGMA ignore_check_constraints = ON")
        try await gate.execute("UPDATE campaign SET type = 'single_action', run = 1 WHERE id = 1")
        let messages = try await gate.claimed([1], run: 70_001, lane: .live) + gate.claimed([1], run: 70_002, lane: .live)
        #expect(try await gate.judge(messages, at: at(0)) == [nil, nil])
    }

    @Test(arguments: TestEngine.available)
    func `who may not be written to is left out, before anything else is asked`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind)
        try await gate.set(SendPolicy(cutoff: .midnight, controls: [SendPolicy.Control(name: "All", salt: "s", percent: 99)]))
        try await gate.execute("UPDATE profile SET whatsapp = 0 WHERE id = 1")
        try await gate.execute("UPDATE profile SET phone = NULL WHERE id = 2")
        try await gate.execute("UPDATE profile SET phone = '37069999999' WHERE id = 3")
        let rulings = try await gate.judge(try await gate.claimed([1, 2, 3]), at: at(0))
        #expect(rulings == [.exclude(.notOptedIn), .exclude(.noPhone), .exclude(.phoneChanged)])
    }

    @Test(arguments: TestEngine.available)
    func `members of a control group are held back and counted as such, the exempt are not`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind)
        let controls = [("system", 20), ("custom:1", 30)].map { SendPolicy.Control(name: $0, salt: $0, percent: $1) }
        let members = Set((1...30).filter { id in controls.contains { $0.holds(ProfileID(rawValue: Int64(id))) } })
        let exempt = try #require(members.min())
        try await gate.set(SendPolicy(controls: controls, exempt: [ProfileID(rawValue: Int64(exempt))]))
        let rulings = try await gate.judge(try await gate.claimed(Array(1...30)), at: at(0))
        #expect(members.count > 3 && members.count < 27)
        for person in 1...30 {
            #expect(rulings[person - 1] == (members.contains(person) && person != exempt ? .control : nil), "person \(person)")
        }
        #expect(try await gate.states() == ["control": members.count - 1, "asked": 31 - members.count])
    }

    @Test(arguments: [
        ("2026-06-01T10:59:59Z", true), ("2026-06-01T11:00:00Z", false), ("2026-06-01T14:59:59Z", false), ("2026-06-01T15:00:00Z", true),
    ])
    func `after the cut-off nothing goes out until midnight, in the account's zone`(time: String, goes: Bool) async throws {
        let gate = try await GateFixture(.sqlite)
        try await gate.set(SendPolicy(zone: "Asia/Tokyo", cutoff: LocalTime("20:00")))
        let now = moment(time)
        #expect(try await gate.judge(try await gate.claimed([1], dueAt: now, now: now), at: now) == [goes ? nil : .exclude(.cutoffReached)])
    }

    /// Quiet from 22:00 to 08:00, in the zone of the person, whose number is Lithuanian.
    @Test(
        arguments: [
            ("Asia/Tokyo", "2026-03-07T12:59:59Z", nil), ("Asia/Tokyo", "2026-03-07T13:00:00Z", "2026-03-07T23:00:00Z"),
            ("Asia/Tokyo", "2026-03-07T16:30:00Z", "2026-03-07T23:00:00Z"), ("Asia/Tokyo", "2026-03-07T23:00:00Z", nil),
            // The night on which the clocks are put forward is an hour shorter, and in autumn an hour longer.
            ("America/New_York", "2026-03-08T04:00:00Z", "2026-03-08T12:00:00Z"), ("America/New_York", "2026-03-08T12:00:00Z", nil),
            ("America/New_York", "2026-11-01T03:00:00Z", "2026-11-01T13:00:00Z"),
            ("America/New_York", "2026-11-01T12:59:59Z", "2026-11-01T13:00:00Z"),
            ("Mars/Base", "2026-01-10T20:30:00Z", "2026-01-11T06:00:00Z"), ("", "2026-01-10T19:59:59Z", nil),
        ] as [(String, String, String?)])
    func `quiet hours are the person's own, and delay until they end`(zone: String, time: String, end: String?) async throws {
        let gate = try await GateFixture(.sqlite)
        try await gate.execute("UPDATE profile SET properties = '{\"Tz\":\"\(zone)\"}'")
        let now = moment(time)
        for (action, ruling) in [
            (SendPolicy.QuietHours.Action.delay, end.map { Ruling.postpone(until: moment($0)) }),
            (.discard, end.map { _ in Ruling.exclude(.quietHours) }),
        ] {
            try await gate.set(SendPolicy(zone: "UTC", quietHours: SendPolicy.QuietHours(hours: try night(), action: action)))
            let people = action == .delay ? [1] : [2]
            #expect(try await gate.judge(try await gate.claimed(people, dueAt: now, now: now), at: now) == [ruling])
        }
    }

    @Test(arguments: TestEngine.available)
    func `what is delayed is due again when the quiet hours end`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind)
        try await gate.set(SendPolicy(quietHours: SendPolicy.QuietHours(hours: try night(), action: .delay)))
        let (now, end) = (moment("2026-01-10T20:30:00Z"), moment("2026-01-11T06:00:00Z"))
        try await gate.judge(try await gate.claimed([1, 2], dueAt: now, now: now), at: now)
        #expect(try await gate.claim(at: end - .seconds(1)).isEmpty)
        let due = try await gate.claim(at: end)
        #expect(due.count == 2)
        #expect(try await gate.judge(due, at: end) == [nil, nil])
    }

    @Test(arguments: SendPolicy.QuietHours.Action.allCases)
    func `when every hour is quiet nobody waits for ever`(action: SendPolicy.QuietHours.Action) async throws {
        let gate = try await GateFixture(.sqlite)
        let always = WeeklyHours([try #require(WeeklyHours.Range(days: Set(Weekday.allCases), from: .midnight, to: .endOfDay))])
        try await gate.set(SendPolicy(quietHours: SendPolicy.QuietHours(hours: always, action: action)))
        #expect(try await gate.judge(try await gate.claimed([1]), at: at(0)) == [.exclude(.quietHours)])
    }

    private func night() throws -> WeeklyHours {
        let (from, to) = (try #require(LocalTime("22:00")), try #require(LocalTime("08:00")))
        return WeeklyHours([try #require(WeeklyHours.Range(days: Set(Weekday.allCases), from: from, to: to))])
    }
}
