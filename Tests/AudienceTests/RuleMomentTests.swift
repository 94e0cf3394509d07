import Audience
import Core
import Testing
import ZoneTime

/// Rules that are made ready for one moment: 15 January 2027, 10:00 in Kolkata.
@Suite struct RuleMomentTests {
    private static func moment(_ now: String = "2027-01-15T10:00") throws -> RuleMoment {
        let zone = try #require(Zone(fixedOffset: "+05:30"))
        return RuleMoment(now: zone.timestamp(of: try #require(LocalDateTime(now))), zone: zone)
    }

    /// Local midnight, or a local time, as a property.
    private static func date(_ local: String) throws -> JSONValue {
        let text = local.count == 10 ? local + "T00:00" : local
        return .string(try moment().zone.timestamp(of: #require(LocalDateTime(text))).propertyDate)
    }

    private static let windows: [(filter: JSONValue, date: String, holds: Bool)] = [
        (["operator": "on", "value": 20_270_301], "2027-03-01T23:59", true),
        (["operator": "on", "value": 20_270_301], "2027-03-02", false),
        (["operator": "on", "value": 20_270_301], "2027-02-28T23:59", false),
        (["operator": "before", "value": 20_270_301], "2027-02-28T23:59", true),
        (["operator": "before", "value": 20_270_301], "2027-03-01", false),
        (["operator": "after", "value": 20_270_301], "2027-03-01T23:59", false),
        (["operator": "after", "value": 20_270_301], "2027-03-02", true),
        (["operator": "within", "value": ["from": 20_270_101, "to": 20_270_131]], "2027-01-31T23:59", true),
        (["operator": "within", "value": ["from": 20_270_101, "to": 20_270_131]], "2027-02-01", false),
        (["operator": "within", "value": "today"], "2027-01-15", true),
        (["operator": "within", "value": "today"], "2027-01-15T23:59", true),
        (["operator": "within", "value": "today"], "2027-01-16", false),
        (["operator": "within", "value": ["last": ["days": 7]]], "2027-01-08", true),
        (["operator": "within", "value": ["last": ["days": 7]]], "2027-01-07T23:59", false),
        (["operator": "within", "value": ["last": ["days": 7]]], "2027-01-15T10:00", true),
        (["operator": "within", "value": ["last": ["days": 7]]], "2027-01-15T10:01", false),
        (["operator": "within", "value": ["next": ["days": 3]]], "2027-01-18T23:59", true),
        (["operator": "within", "value": ["next": ["days": 3]]], "2027-01-15T09:59", false),
        (["operator": "within", "value": ["days_ago": 3]], "2027-01-12T12:00", true),
        (["operator": "within", "value": "ever"], "1950-01-01", true),
    ]

    @Test(arguments: windows)
    func `a date falls into a window of the account's zone`(filter: JSONValue, date: String, holds: Bool) throws {
        let test = try PropertyFilter(json: .object((filter.object ?? [:]).merging(["name": "P"]) { $1 }), path: "f").test
        let moment = try Self.moment()
        #expect(test.holds(try Self.date(date), at: moment) == holds)
        #expect(test.resolved(at: moment).holds(try Self.date(date)) == holds)
    }

    @Test(arguments: [nil, 5, "today", true, [], "$D_x"] as [JSONValue])
    func `what is no date lies in no window`(value: JSONValue) throws {
        #expect(!PropertyTest.within(.ever).holds(value, at: try Self.moment()))
        #expect(!PropertyTest.within(.days(from: Day(20_200_101), to: nil)).holds(value, at: try Self.moment()))
    }

    /// A rule without events, judged for a person.
    private static func holds(_ rule: AudienceRule, _ person: [String: JSONValue]) -> Bool {
        switch rule {
        case .all(let members): members.allSatisfy { holds($0, person) }
        case .any(let members): members.contains { holds($0, person) }
        case .not(let member): !holds(member, person)
        case .property(let filter): filter.test.holds(person[filter.name])
        default: false
        }
    }

    private static func age(_ test: JSONValue) throws -> AudienceRule {
        let json = JSONValue.object((test.object ?? [:]).merging(["name": "Age"]) { $1 })
        return try AudienceRule(json: ["demographics": [json]], path: "w")
    }

    private static let ages: [(test: JSONValue, person: [String: JSONValue], born: String?, holds: Bool)] = [
        (["value": 28], ["Age": 28], nil, true), (["value": 28], ["Age": "28"], nil, true), (["value": 28], ["Age": 29], nil, false),
        (["value": 28], [:], nil, false), (["value": 28], ["Age": 29], "1999-01-15", false),
        (["value": 28], [:], "1999-01-15", true), (["value": 28], [:], "1999-01-16", false), (["value": 28], [:], "1998-01-16", true),
        (["value": 28], [:], "1998-01-15", false), (["value": 28], ["Age": "unknown"], "1999-01-15", true),
        (["value": "28"], [:], "1999-01-15", true), (["value": [27, 28]], [:], "1999-01-16", true),
        (["operator": "not_equals", "value": 28], [:], "1999-01-15", false),
        (["operator": "not_equals", "value": 28], [:], "1999-01-16", true), (["operator": "not_equals", "value": 28], [:], nil, true),
        (["operator": "greater_than_equals", "value": 18], [:], "2009-01-15", true),
        (["operator": "greater_than_equals", "value": 18], [:], "2009-01-16", false),
        (["operator": "greater_than_equals", "value": 17.5], [:], "2009-01-16", false),
        (["operator": "greater_than", "value": 17.5], [:], "2009-01-15", true),
        (["operator": "greater_than", "value": 18], [:], "2009-01-15", false),
        (["operator": "less_than", "value": 18], [:], "2009-01-16", true),
        (["operator": "less_than", "value": 18], [:], "2009-01-15", false),
        (["operator": "less_than", "value": 18], [:], "2027-02-01", false), (["operator": "less_than", "value": 18], [:], nil, false),
        (["operator": "less_than_equals", "value": 18], [:], "2008-01-16", true),
        (["operator": "less_than_equals", "value": 18], [:], "2008-01-15", false),
        (["operator": "between", "value": [18, 25]], [:], "2001-01-16", true),
        (["operator": "between", "value": [18, 25]], [:], "2001-01-15", false),
        (["operator": "between", "value": [18, 25]], ["Age": 25], nil, true),
        (["operator": "between", "value": [18.5, 18.9]], [:], "2008-06-01", false),
        (["operator": "exists"], [:], "2001-01-15", true), (["operator": "exists"], ["Age": 3], nil, true),
        (["operator": "exists"], [:], nil, false),
        (["operator": "exists"], [:], "2031-01-01", false), (["operator": "does_not_exist"], [:], nil, true),
        (["operator": "does_not_exist"], [:], "2001-01-15", false), (["operator": "greater_than", "value": -5], [:], "2027-01-15", true),
        (["operator": "less_than", "value": 1e9], [:], "1900-01-15", true),
        (["operator": "greater_than", "value": 1e9], [:], "1900-01-15", false),
    ]

    @Test(arguments: ages)
    func `an age is the number, else worked out from the birthday`(
        test: JSONValue, person: [String: JSONValue], born: String?, holds: Bool
    ) throws {
        var person = person
        if let born { person["DOB"] = try Self.date(born) }
        #expect(Self.holds(try Self.age(test).resolved(at: try Self.moment()), person) == holds)
    }

    @Test(arguments: [("2027-02-28T12:00", 2), ("2027-03-01T00:00", 3), ("2028-02-28T23:59", 3), ("2028-02-29T00:00", 4)])
    func `who was born on 29 February is older on 1 March of a common year`(now: String, years: Int) throws {
        let person = ["DOB": try Self.date("2024-02-29")]
        for age in 0...5 {
            let rule = try Self.age(["value": .int(Int64(age))]).resolved(at: try Self.moment(now))
            #expect(Self.holds(rule, person) == (age == years))
        }
    }

    @Test func `resolving goes into every corner of a rule`() throws {
        let date: JSONValue = ["name": "P", "operator": "within", "value": "today"]
        let json: JSONValue = [
            "did": [["event": "A", "filters": [date]]], "profile": [date], "any": [["profile": [date]], ["not": ["profile": [date]]]],
        ]
        let resolved = try AudienceRule(json: json, path: "w").resolved(at: Self.moment())
        #expect(!"\(resolved)".contains("within"))
        #expect("\(resolved)".components(of: "between") == 4)
    }

    @Test func `what needs no moment stays as it is`() throws {
        let rule = try AudienceRule(
            json: [
                "did": [["event": "A", "window": "today"]], "reach": ["opted_in"], "segments": ["exclude": [4]],
                "bucket": ["from": 0, "to": 9],
            ],
            path: "w")
        #expect(rule.resolved(at: try Self.moment()) == rule)
    }
}

extension String {
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
