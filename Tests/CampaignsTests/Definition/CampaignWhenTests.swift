import Campaigns
import Core
import Testing
import ZoneTime

@Suite struct CampaignWhenTests {
    private static let quiet: JSONValue = [["from": "22:00", "to": "08:00"]]
    private static let later: JSONValue = "2026-11-02T10:00:00Z"

    private static let broken: [(type: CampaignType, when: [String: JSONValue], field: String)] = [
        (.oneTime, ["start": nil], "start"), (.oneTime, ["start": "soon"], "start"),
        (.oneTime, ["start": "9999-12-31T23:59:59-01:00"], "start"), (.oneTime, ["start": "2026-11-02T10:00:00"], "start"),
        (.oneTime, ["start": 1_800_000_000], "start"), (.oneTime, ["starts": "now"], "starts"),
        (.oneTime, ["end": later], "end"), (.inaction, ["end": "never"], "end"),
        (.inaction, ["start": later, "end": later], "end"), (.dateTime, ["start": later, "end": "2026-11-02T09:59:59Z"], "end"),
        (.oneTime, ["delay": ["minutes": 5]], "delay"), (.inaction, ["delay": ["minutes": 5]], "delay"),
        (.singleAction, ["delay": 5], "delay"), (.singleAction, ["delay": ["days": 31]], "delay"),
        (.singleAction, ["delay": ["hours": 721]], "delay"), (.singleAction, ["delay": ["seconds": 0]], "delay"),
        (.singleAction, ["delay": ["weeks": 1]], "delay.weeks"), (.singleAction, ["delay": ["hours": 1, "days": 1]], "delay"),
        (.singleAction, ["delay": ["hours": 1.5]], "delay.hours"),
        (.oneTime, ["start": later, "time_zone": "Asia/Kolkata"], "time_zone"), (.oneTime, ["time_zone": "person"], "time_zone"),
        (.inaction, ["start": later, "time_zone": "person"], "time_zone"), (.oneTime, ["passed": "drop"], "passed"),
        (.oneTime, ["start": later, "time_zone": "person", "passed": "later"], "passed"),
        (.oneTime, ["quiet_hours": quiet], "quiet_hours"), (.oneTime, ["quiet_hours": [:]], "quiet_hours.hours"),
        (.oneTime, ["quiet_hours": ["hours": []]], "quiet_hours.hours"),
        (.oneTime, ["quiet_hours": ["hours": [["from": "00:00", "to": "24:00"]]]], "quiet_hours.hours"),
        (.oneTime, ["quiet_hours": ["hours": [["from": "22", "to": "08:00"]]]], "quiet_hours.hours[0].from"),
        (.oneTime, ["quiet_hours": ["hours": quiet, "otherwise": "skip"]], "quiet_hours.otherwise"),
        (.oneTime, ["cutoff": "24:00"], "cutoff"), (.oneTime, ["cutoff": 22], "cutoff"), (.singleAction, ["cutoff": "22:00"], "cutoff"),
        (.oneTime, ["throttle": ["messages": 99, "minutes": 5]], "throttle.messages"),
        (.oneTime, ["throttle": ["messages": 100]], "throttle.minutes"),
        (.oneTime, ["throttle": ["messages": 100, "minutes": 0]], "throttle.minutes"),
        (.oneTime, ["start": later, "time_zone": "person", "throttle": ["messages": 100, "minutes": 5]], "throttle"),
        (.inaction, ["throttle": ["messages": 100, "minutes": 5]], "throttle"),
        (.oneTime, ["late_start": ["minutes": -1]], "late_start.minutes"), (.oneTime, ["late_start": [:]], "late_start.minutes"),
        (.oneTime, ["late_start": ["minutes": 10_081]], "late_start.minutes"), (.dateTime, ["late_start": ["minutes": 5]], "late_start"),
    ]

    @Test(arguments: broken)
    func `a moment that cannot be meant is refused with its field`(type: CampaignType, when: [String: JSONValue], field: String) {
        let error = Definitions.refusal(type, "when", when)
        #expect(error?.field == "when.\(field)")
        #expect(error?.kind == .invalid)
    }

    @Test func `what is not said is as usual`() throws {
        let when = try Definitions.read(.oneTime, "when", [:]).when
        #expect(when.start == .now && when.end == nil && when.delay == nil && when.clock == .account && when.quietHours == nil)
        #expect(when.cutoff == nil && when.throttle == nil && when.lateStart == 60)
    }

    @Test func `everything that is said is read`() throws {
        let when = try Definitions.read(
            .oneTime, "when",
            [
                "start": Self.later, "time_zone": "person", "quiet_hours": ["hours": Self.quiet, "otherwise": "discard"],
                "cutoff": "21:30", "late_start": ["minutes": 0],
            ]
        ).when
        #expect(when.start == Timestamp(iso8601: "2026-11-02T10:00:00Z").map(CampaignStart.at))
        #expect(when.clock == .person(passed: .nextDay) && when.quietHours?.otherwise == .discard && when.lateStart == 0)
        #expect(when.cutoff == LocalTime("21:30"))
        let delayed = try Definitions.read(.singleAction, "when", ["delay": ["days": 30], "end": Self.later]).when
        #expect(delayed.delay == Span(30, .days) && delayed.end == Timestamp(iso8601: "2026-11-02T10:00:00Z"))
    }
}
