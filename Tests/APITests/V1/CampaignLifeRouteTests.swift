import Core
import HTTPTypes
import Testing

struct CampaignLifeRouteTests {
    @Test func `a campaign is made, changed, approved and archived`() async throws {
        try await CampaignSite().test { client async throws in
            let settings: JSONValue = ["approval": true, "labels": ["vip"], "limits": [:]]
            #expect(try await client.post("/1/settings/campaigns", ["approval": true, "labels": ["vip"]]).body == settings)
            #expect(try await client.get("/1/settings/campaigns").body == settings)
            let made = try await client.post("/1/campaigns", CampaignSite.campaign())
            #expect(made.status == 201 && made.body["status"] == "draft" && made.body["comment"] == .null && made.body["hold"] == .null)
            let changed = try await client.post("/1/campaigns/1", ["name": "Boarding", "setup": ["labels": ["vip"]]])
            #expect(changed.status == 200 && changed.body["name"] == "Boarding" && changed.body["setup"] == ["labels": ["vip"]])
            #expect(try await client.post("/1/campaigns/1/schedule", [:]).body["status"] == "approval_pending")
            let rejected = try await client.post("/1/campaigns/1/reject", ["comment": "Say when"])
            #expect(rejected.body["status"] == "rejected" && rejected.body["comment"] == "Say when")
            #expect(rejected.body["decided_at"] == .string(CompatibleSite.now.iso8601()))
            #expect(try await client.post("/1/campaigns/1/schedule", [:]).body["status"] == "approval_pending")
            let approved = try await client.send(.post, "/1/campaigns/1/approve", nil)
            #expect(approved.body["status"] == "scheduled" && approved.body["start_at"] == "2030-01-01T10:00:00Z")
            #expect(try await client.post("/1/campaigns/1/archive", [:]).isError(409))
            #expect(try await client.post("/1/campaigns/1/stop", [:]).body["status"] == "stopped")
            #expect(try await client.post("/1/campaigns/1/archive", [:]).body["status"] == "archived")
            #expect(try await client.post("/1/campaigns/1", ["name": "x"]).isError(409))
            #expect(try await client.post("/1/campaigns/1/clone", [:]).body["status"] == "draft")
            #expect(try await client.get("/1/campaigns/1").body["status"] == "archived")
        }
    }

    private static let refused: [(path: String, body: JSONValue, status: Int)] = [
        ("/1/campaigns/9", [:], 404), ("/1/campaigns/x", [:], 404), ("/1/campaigns/1", ["colour": 1], 400), ("/1/campaigns/1", [], 400),
        ("/1/campaigns/1/approve", [:], 409), ("/1/campaigns/1/reject", ["comment": 5], 400),
        ("/1/campaigns/1/approve", ["word": "x"], 400),
        ("/1/campaigns/1/resume", [:], 409), ("/1/campaigns/9/archive", [:], 404), ("/1/settings/campaigns", ["labels": ["a,b"]], 400),
        ("/1/settings/campaigns", ["limits": ["frequency": ["messages": 3]]], 400),
        ("/1/campaigns", CampaignSite.campaign(["type": "recurring"]), 400), ("/1/control-groups", ["kind": "custom", "percent": 5], 400),
        ("/1/control-groups", ["kind": "custom", "name": "Loyal", "percent": 5], 409), ("/1/control-groups/1", ["percent": 3], 404),
        ("/1/control-groups/x/remove", [:], 404), ("/1/control-groups/exempt", ["identities": ["nobody"]], 400),
    ]

    @Test(arguments: refused)
    func `what cannot be done is refused`(path: String, body: JSONValue, status: Int) async throws {
        try await CampaignSite().test { client async throws in
            _ = try await client.post("/1/campaigns", CampaignSite.campaign())
            #expect(try await client.post(path, body).isError(status))
        }
    }

    @Test func `limits are set as a whole and read back`() async throws {
        try await CampaignSite().test { client async throws in
            let all: JSONValue = [
                "frequency": ["messages": 3, "days": 7], "dwell": ["minutes": 120], "throttle": ["messages": 500, "minutes": 5],
            ]
            let set = try await client.post(
                "/1/settings/campaigns",
                ["limits": ["frequency": ["messages": 3, "days": 7], "dwell": ["hours": 2], "throttle": ["messages": 500, "minutes": 5]]])
            #expect(set.body == ["approval": false, "labels": [], "limits": all])
            #expect(try await client.get("/1/settings/campaigns").body["limits"] == all)
            #expect(try await client.post("/1/settings/campaigns", ["labels": ["vip"]]).body["limits"] == all)
            let fewer = try await client.post("/1/settings/campaigns", ["limits": ["dwell": ["days": 7]]])
            #expect(fewer.body["limits"] == ["dwell": ["minutes": 10_080]])
        }
    }

    @Test func `control groups are made, changed and removed`() async throws {
        try await CampaignSite().test { client async throws in
            let made = try await client.post("/1/control-groups", ["kind": "system", "percent": 2, "purpose": "Lift"])
            #expect(made.status == 201 && made.body["kind"] == "system" && made.body["purpose"] == "Lift" && made.body["salt"] == nil)
            #expect(try await client.post("/1/control-groups/1", ["percent": 5]).body["percent"] == 5)
            #expect(try await client.get("/1/control-groups").body["control_groups"]?.array?.count == 1)
            #expect(try await client.post("/1/control-groups/exempt", ["identities": []]).body == ["exempt": []])
            #expect(try await client.get("/1/control-groups/exempt").body == ["exempt": []])
            #expect(try await client.post("/1/control-groups/1/remove", [:]).body == ["removed": 1])
        }
    }

    private static let types: [(type: JSONValue, who: JSONValue)] = [
        (
            "single_action",
            ["event": ["name": "Charged", "filters": [["name": "Amount", "operator": "greater_than", "value": 50]]], "where": [:]]
        ),
        ("inaction", ["event": ["name": "Added To Cart"], "without": ["name": "Charged"], "within": ["minutes": 30], "where": [:]]),
        ("date_time", ["event": ["name": "Flight Booked"], "date_property": "departure", "offset": ["days": -1], "where": [:]]),
    ]

    @Test(arguments: types)
    func `the live types are scheduled as the contract writes them`(type: JSONValue, who: JSONValue) async throws {
        try await CampaignSite().test { client async throws in
            let made = try await client.post(
                "/1/campaigns",
                CampaignSite.campaign(["type": type, "who": who, "when": ["start": "now", "end": "2030-01-01T10:00:00Z"]]))
            #expect(made.status == 201 && made.body["type"] == type)
            let scheduled = try await client.post("/1/campaigns/1/schedule", [:])
            #expect(scheduled.body["status"] == "scheduled" && scheduled.body["end_at"] == "2030-01-01T10:00:00Z")
        }
    }
}
