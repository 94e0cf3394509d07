import Audience
import Campaigns
import Core
import Testing

@Suite struct CampaignWhoTests {
    private static let wrongOperator: JSONValue = [["name": "x", "operator": "is"]]

    private static let broken: [(type: CampaignType, who: [String: JSONValue], field: String)] = [
        (.oneTime, ["where": nil], "where"), (.oneTime, ["where": []], "where"),
        (.oneTime, ["segment_id": 4], "segment_id"), (.oneTime, ["where": nil, "segment_id": "4"], "segment_id"),
        (.oneTime, ["where": nil, "segment_id": 0], "segment_id"), (.oneTime, ["event": ["name": "A"]], "event"),
        (.oneTime, ["where": ["did": [["event": "A", "filters": wrongOperator]]]], "where.did[0].filters[0].operator"),
        (.singleAction, ["event": nil], "event"), (.singleAction, ["event": "Charged"], "event"),
        (.singleAction, ["event": ["name": " "]], "event.name"), (.singleAction, ["event": ["names": "A"]], "event.names"),
        (.singleAction, ["event": ["name": "A", "filters": wrongOperator]], "event.filters[0].operator"),
        (.singleAction, ["segment_id": 4], "segment_id"), (.singleAction, ["within": ["minutes": 1]], "within"),
        (.singleAction, ["where": "x"], "where"),
        (.inaction, ["without": nil], "without"), (.inaction, ["within": nil], "within"), (.inaction, ["within": 30], "within"),
        (.inaction, ["within": ["seconds": 59]], "within.seconds"), (.inaction, ["within": ["minutes": 0]], "within.minutes"),
        (.inaction, ["within": ["days": 31]], "within.days"), (.inaction, ["offset": ["days": 1]], "offset"),
        (.dateTime, ["date_property": nil], "date_property"), (.dateTime, ["offset": nil], "offset"),
        (.dateTime, ["offset": ["days": -367]], "offset.days"), (.dateTime, ["offset": ["months": 1]], "offset.months"),
        (.dateTime, ["without": ["name": "A"]], "without"),
        (.oneTime, ["reach": 5000], "reach"), (.oneTime, ["reach": [:]], "reach.safety_limit"),
        (.oneTime, ["reach": ["safety_limit": 99]], "reach.safety_limit"), (.oneTime, ["reach": ["at_most": 99]], "reach.at_most"),
        (.oneTime, ["reach": ["safety_limit": 100, "at_most": 100]], "reach.safety_limit"),
        (.oneTime, ["reach": ["per_day": 100]], "reach.per_day"), (.inaction, ["reach": ["at_most": 100]], "reach.at_most"),
        (.inaction, ["reach": [:]], "reach.per_day"), (.inaction, ["reach": ["per_day": 99]], "reach.per_day"),
        (.inaction, ["reach": ["overall": 99.5]], "reach.overall"),
    ]

    @Test(arguments: broken)
    func `an audience that cannot be meant is refused with its field`(type: CampaignType, who: [String: JSONValue], field: String) {
        let error = Definitions.refusal(type, "who", who)
        #expect(error?.field == "who.\(field)")
        #expect(error?.kind == .invalid)
    }

    private static let words: [(type: CampaignType, who: [String: JSONValue], words: String)] = [
        (.oneTime, [:], "Everyone"), (.oneTime, ["where": nil, "segment_id": 4], "Everyone in the segment 4"),
        (.singleAction, [:], "As soon as somebody does Charged"),
        (
            .singleAction, ["where": ["profile": [["name": "City", "value": "Pune"]]]],
            "As soon as somebody does Charged; everyone whose City is Pune"
        ),
        (.inaction, [:], "As soon as somebody does Added To Cart and does not do Charged within 30 minutes"),
        (.dateTime, [:], "1 day before departure of Flight Booked"),
        (.dateTime, ["offset": ["hours": 3]], "3 hours after departure of Flight Booked"),
        (.dateTime, ["offset": ["days": 0]], "At departure of Flight Booked"),
    ]

    @Test(arguments: words)
    func `an audience is said in words`(type: CampaignType, who: [String: JSONValue], words: String) throws {
        #expect(try Definitions.read(type, "who", who).audienceInWords == words)
    }

    private static let reaches: [(type: CampaignType, reach: JSONValue, read: CampaignReach)] = [
        (.oneTime, nil, .everyone), (.oneTime, ["safety_limit": 100], .safetyLimit(100)), (.oneTime, ["at_most": 250], .atMost(250)),
        (.dateTime, ["per_day": 100], .paced(perDay: 100, overall: nil)),
        (.singleAction, ["per_day": 100, "overall": 1000], .paced(perDay: 100, overall: 1000)),
    ]

    @Test(arguments: reaches)
    func `how many are reached is read`(type: CampaignType, reach: JSONValue, read: CampaignReach) throws {
        #expect(try Definitions.read(type, "who", ["reach": reach]).who.reach == read)
    }
}
