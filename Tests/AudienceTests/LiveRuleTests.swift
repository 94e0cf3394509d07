import Audience
import Core
import Testing
import ZoneTime

@Suite struct LiveRuleTests {
    private static let (single, inaction, date) = (LiveTrigger.Kind.singleAction, LiveTrigger.Kind.inaction, LiveTrigger.Kind.dateTime)
    private static let flight: JSONValue = ["name": "Flight Booked"]

    private static let readable: [(kind: LiveTrigger.Kind, json: JSONValue, words: String)] = [
        (
            single,
            ["event": ["name": "Charged", "filters": [["name": "Amount", "operator": "greater_than", "value": 50]]], "where": [:]],
            "As soon as somebody does Charged where Amount is more than 50"
        ),
        (single, ["events": [["name": "A"], ["name": "B"]]], "As soon as somebody does A or B"),
        (
            single, ["event": ["name": "A"], "where": ["profile": [["name": "City", "value": "Pune"]]]],
            "As soon as somebody does A; everyone whose City is Pune"
        ),
        (
            inaction, ["event": ["name": "Added To Cart"], "without": ["name": "Charged"], "within": ["minutes": 30]],
            "As soon as somebody does Added To Cart and does not do Charged within 30 minutes"
        ),
        (
            date, ["event": flight, "date_property": "departure", "offset": ["days": -1]], "1 day before departure of Flight Booked"
        ),
        (
            date,
            [
                "event": flight, "date_property": "departure", "offset": ["days": -1, "at": "09:00"], "same": "PNR",
                "cancelled_by": ["name": "Flight Cancelled"],
            ],
            "At 09:00, 1 day before departure of Flight Booked, once for each PNR, unless Flight Cancelled comes"
        ),
        (
            date, ["profile_date": "DOB", "yearly": true, "offset": ["days": 0, "at": "09:00"], "where": ["reach": ["reachable"]]],
            "At 09:00, on the day of DOB every year; everyone reachable on WhatsApp"
        ),
        (date, ["profile_date": "Expiry", "offset": ["hours": 3]], "3 hours after Expiry"),
        (date, ["profile_date": "Expiry", "offset": ["minutes": 0]], "At Expiry"),
    ]

    @Test(arguments: readable)
    func `a live rule is read, written the same, and said in words`(kind: LiveTrigger.Kind, json: JSONValue, words: String) throws {
        let rule = try LiveRule(json: json, kind: kind, path: "who")
        #expect(rule.trigger.kind == kind)
        #expect(try LiveRule(json: rule.json, kind: kind, path: "who") == rule)
        #expect(rule.describe() == words)
    }

    private static func offset(_ offset: JSONValue) -> JSONValue { ["event": flight, "date_property": "d", "offset": offset] }
    private static func within(_ within: JSONValue) -> JSONValue { ["event": ["name": "A"], "without": ["name": "B"], "within": within] }

    private static let refused: [(kind: LiveTrigger.Kind, json: JSONValue, field: String)] = [
        (single, [:], "who.event"), (single, "A", "who"), (single, ["event": "A"], "who.event"),
        (single, ["event": ["name": " "]], "who.event.name"),
        (single, ["event": ["name": "A", "window": "today"]], "who.event.window"), (single, ["events": []], "who.events"),
        (single, ["events": .array(Array(repeating: ["name": "A"], count: 11))], "who.events"),
        (single, ["event": ["name": "A"], "events": [["name": "A"]]], "who.events"),
        (single, ["events": [["name": "A"], [:]]], "who.events[1].name"),
        (single, ["event": ["name": "A"], "without": ["name": "B"]], "who.without"),
        (single, ["event": ["name": "A"], "where": ["did": [[:]]]], "who.where.did[0].event"),
        (single, ["event": ["name": "A", "filters": [["name": "P", "operator": "like", "value": 1]]]], "who.event.filters[0].operator"),
        (inaction, ["event": ["name": "A"], "within": ["days": 1]], "who.without"),
        (inaction, ["without": ["name": "A"], "within": ["days": 1]], "who.event"),
        (inaction, ["event": ["name": "A"], "without": ["name": "B"]], "who.within"),
        (inaction, ["event": ["name": "A"], "without": ["name": "a"], "within": ["days": 1]], "who.without"),
        (inaction, within(30), "who.within"), (inaction, within(["minutes": 0]), "who.within.minutes"),
        (inaction, within(["days": 31]), "who.within.days"), (inaction, within(["hours": 721]), "who.within.hours"),
        (inaction, within(["minutes": 43_201]), "who.within.minutes"), (inaction, within(["seconds": 90]), "who.within.seconds"),
        (inaction, within(["weeks": 1]), "who.within.weeks"), (inaction, within(["hours": 1, "minutes": 30]), "who.within"),
        (date, ["event": flight, "offset": ["days": 1]], "who.date_property"),
        (date, ["event": flight, "date_property": "d"], "who.offset"),
        (date, offset(["days": 366]), "who.offset.days"), (date, offset(["days": -366]), "who.offset.days"),
        (date, offset(["hours": 8761]), "who.offset.hours"), (date, offset(["weeks": 53]), "who.offset.weeks"),
        (date, offset(["months": 1]), "who.offset.months"), (date, offset(["at": "09:00"]), "who.offset"),
        (date, offset(["hours": -1, "at": "09:00"]), "who.offset.at"), (date, offset(["days": -1, "at": "9"]), "who.offset.at"),
        (date, ["profile_date": "DOB", "event": flight, "offset": ["days": 1]], "who.event"),
        (date, ["profile_date": "DOB", "same": "PNR", "offset": ["days": 1]], "who.same"),
        (date, ["profile_date": "DOB", "yearly": 1, "offset": ["days": 1]], "who.yearly"),
        (date, ["event": flight, "date_property": "d", "yearly": true, "offset": ["days": 1]], "who.yearly"),
    ]

    @Test(arguments: refused)
    func `a broken live rule is refused where it is wrong`(kind: LiveTrigger.Kind, json: JSONValue, field: String) {
        let error = #expect(throws: InputError.self) { try LiveRule(json: json, kind: kind, path: "who") }
        #expect(error?.field == field)
    }

    @Test(arguments: [("charged", 51, true), ("charged", 50, false), ("charge", 51, false)] as [(String, Int64, Bool)])
    func `an event matches by its name and all filters`(key: String, amount: Int64, holds: Bool) throws {
        let json: JSONValue = ["name": "Char ged ", "filters": [["name": "Amount", "operator": "greater_than", "value": 50]]]
        let match = try EventMatch(json: json, path: "e")
        #expect(match.matches(key, ["Amount": .int(amount)]) == holds)
        #expect(!match.matches(key, [:]))
    }

    @Test func `a window among the filters is judged at a moment`() throws {
        let json: JSONValue = ["name": "A", "filters": [["name": "departure", "operator": "within", "value": ["next": ["days": 1]]]]]
        let now = Timestamp(seconds: 1_800_000_000)
        let match = try EventMatch(json: json, path: "e").resolved(at: RuleMoment(now: now, zone: .utc))
        #expect(match.matches("a", ["departure": .string((now + .seconds(3600)).propertyDate)]))
        #expect(!match.matches("a", ["departure": .string((now - .seconds(3600)).propertyDate)]))
    }

    @Test func `a trigger tells every event that it listens to`() throws {
        let rule = try LiveRule(
            json: ["event": Self.flight, "date_property": "d", "offset": ["days": 1], "cancelled_by": ["name": "C"]], kind: .dateTime,
            path: "who")
        #expect(rule.trigger.events.map(\.matchKey) == ["flightbooked", "c"])
    }

    /// New York puts its clocks forward at 02:00 on 8 March 2026.
    private static let due: [(date: String, offset: JSONValue, due: String)] = [
        ("2026-03-08T18:00:00Z", ["days": -1], "2026-03-07T19:00:00Z"), ("2026-03-08T18:00:00Z", ["hours": -24], "2026-03-07T18:00:00Z"),
        ("2026-03-07T07:30:00Z", ["days": 1], "2026-03-08T07:00:00Z"),
        ("2026-03-09T18:00:00Z", ["days": -1, "at": "09:00"], "2026-03-08T13:00:00Z"),
        ("2026-03-07T04:30:00Z", ["days": 0, "at": "09:00"], "2026-03-06T14:00:00Z"),
        ("2026-03-01T18:00:00Z", ["weeks": 2], "2026-03-15T17:00:00Z"),
        ("2026-03-08T06:59:00Z", ["minutes": 2], "2026-03-08T07:01:00Z"),
    ]

    @Test(arguments: due)
    func `an offset counts days by the clock on the wall`(date: String, offset: JSONValue, due: String) throws {
        let zone = try #require(Zones().zone(named: "America/New_York"))
        let rule = try LiveRule(json: ["profile_date": "D", "offset": offset], kind: .dateTime, path: "who")
        guard case .profileDate(let trigger) = rule.trigger else { throw InputError(code: "test", "no date") }
        #expect(trigger.offset.due(for: try #require(Timestamp(iso8601: date)), in: zone) == Timestamp(iso8601: due))
    }
}
