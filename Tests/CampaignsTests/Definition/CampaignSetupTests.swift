import Audience
import Campaigns
import Core
import Testing
import ZoneTime

@Suite struct CampaignSetupTests {
    private static func conversion(_ members: [String: JSONValue]) -> [String: JSONValue] {
        ["conversion": .object(["event": "Charged", "within": ["days": 2]].merging(members) { $1 })]
    }

    private static let broken: [(setup: [String: JSONValue], field: String)] = [
        (["control_group": 10], "control_group"), (["control_group": [:]], "control_group.percent"),
        (["control_group": ["percent": 100]], "control_group.percent"), (["control_group": ["percent": -1]], "control_group.percent"),
        (["control_group": ["percent": 1]], "control_group.percent"), (["control_group": ["percent": 2.5]], "control_group.percent"),
        (["control_group": ["percent": 5, "type": "custom"]], "control_group.type"),
        (["system_control_group": "no"], "system_control_group"), (["custom_control_group": ""], "custom_control_group"),
        (["custom_control_group": 1], "custom_control_group"),
        (["labels": "vip"], "labels"), (["labels": .array(Array(repeating: "vip", count: 11))], "labels"), (["labels": [1]], "labels[0]"),
        (["labels": ["vip", " "]], "labels[1]"), (["labels": ["a,b"]], "labels[0]"), (["labels": ["a\"b"]], "labels[0]"),
        (["labels": ["a\\b"]], "labels[0]"), (["labels": ["50%"]], "labels[0]"), (["labels": ["a>b"]], "labels[0]"),
        (["labels": ["a<b"]], "labels[0]"), (["labels": ["a!"]], "labels[0]"), (["labels": ["a\nb"]], "labels[0]"),
        (["labels": [.string(String(repeating: "a", count: 61))]], "labels[0]"),
        (["conversion": "Charged"], "conversion"), (conversion(["event": nil]), "conversion.event"),
        (conversion(["event": ["name": "Charged"]]), "conversion.event"), (conversion(["within": nil]), "conversion.within"),
        (conversion(["within": ["seconds": 60]]), "conversion.within.seconds"),
        (conversion(["within": ["minutes": 0]]), "conversion.within"),
        (conversion(["within": ["days": 151]]), "conversion.within"), (conversion(["within": ["months": 6]]), "conversion.within"),
        (conversion(["filters": [["name": "x", "operator": "is"]]]), "conversion.filters[0].operator"),
        (conversion(["revenue_property": 5]), "conversion.revenue_property"),
        (["limits": 5], "limits"), (["limits": ["account": 1]], "limits.account"), (["limits": ["gap": ["minutes": 4]]], "limits.gap"),
        (["limits": ["gap": ["days": 31]]], "limits.gap"), (["limits": ["gap": ["seconds": 300]]], "limits.gap.seconds"),
        (["limits": ["maximum": 0]], "limits.maximum"), (["limits": ["maximum": 251]], "limits.maximum"),
        (["limits": ["cap": 1]], "limits.cap"),
    ]

    @Test(arguments: broken)
    func `a setup that cannot be meant is refused with its field`(setup: [String: JSONValue], field: String) {
        let error = Definitions.refusal(.oneTime, "setup", setup)
        #expect(error?.field == "setup.\(field)")
        #expect(error?.kind == .invalid)
    }

    @Test func `what is not said is as usual`() throws {
        let setup = try Definitions.read(.oneTime, "setup", [:]).setup
        #expect(setup == .standard && setup.controlPercent == 0 && setup.keepsSystemControlGroup && setup.limits.keepsAccountLimits)
        #expect(setup.customControlGroup == nil && setup.labels == [] && setup.conversion == nil)
    }

    @Test func `everything that is said is read`() throws {
        let members: [String: JSONValue] = [
            "control_group": ["percent": 2], "system_control_group": false, "custom_control_group": "Loyal",
            "labels": ["vip", "Diwali", "vip"],
            "limits": ["account": false, "gap": ["minutes": 5], "maximum": 250],
        ]
        let setup = try Definitions.read(
            .inaction, "setup",
            members.merging(Self.conversion(["within": ["months": 5], "revenue_property": "Amount"])) { $1 }
        ).setup
        #expect(setup.controlPercent == 2 && !setup.keepsSystemControlGroup && setup.customControlGroup == "Loyal")
        #expect(setup.labels == ["Diwali", "vip"])
        #expect(!setup.limits.keepsAccountLimits && setup.limits.gap == Span(5, .minutes) && setup.limits.maximum == 250)
        #expect(setup.conversion?.event.name == "Charged" && setup.conversion?.within == Span(5, .months))
        #expect(setup.conversion?.revenueProperty == "Amount")
    }
}
