import Core
import Testing

/// The vendor's campaign calls, in its words.
struct TargetTests {
    static func target(_ changes: [String: JSONValue] = [:]) -> JSONValue {
        let plain: [String: JSONValue] = [
            "name": "Tickets", "target_mode": "whatsapp", "provider_nick_name": "Shop", "where": [:], "when": "now",
            "content": ["template_name": "plain", "locale": "en"],
        ]
        return .object(plain.merging(changes) { $1 })
    }

    @Test func `a target is made, scheduled and estimated`() async throws {
        let site = try await CampaignSite()
        try await site.addPeople(6)
        try await site.test { client async throws in
            let made = try await client.post("/1/targets/create.json", Self.target())
            #expect(made.status == 200 && made.body == ["status": "success", "id": 1, "estimates": ["whatsapp": 5]])
            let shown = try await client.get("/1/campaigns/1").body
            #expect(shown["status"] == "scheduled" && shown["what"]?["template"] == "shop:plain")
            let skipped = try await client.post("/1/targets/create.json", Self.target(["skip_estimate": true]))
            #expect(skipped.body == ["status": "success", "id": 2, "estimates": [:]])
            let only = try await client.post("/1/targets/create.json", Self.target(["estimate_only": true]))
            #expect(only.body == ["status": "success", "estimates": ["whatsapp": 5]])
            let draft = try await client.post("/1/targets/create.json", Self.target(["draft": true, "skip_estimate": true]))
            #expect(draft.body["id"] == 3)
            #expect(try await client.get("/1/campaigns/3").body["status"] == "draft")
        }
    }

    @Test func `everything of a target becomes a campaign's`() async throws {
        try await CampaignSite().test { client async throws in
            _ = try await client.post("/1/control-groups", ["kind": "system", "percent": 2])
            _ = try await client.post("/1/control-groups", ["kind": "custom", "name": "Loyal", "percent": 3])
            _ = try await client.post("/1/settings/campaigns", ["labels": ["vip"]])
            let body = Self.target([
                "provider_nick_name": nil,
                "when": ["type": "later", "delivery_date_time": ["20300102 10:30"], "campaign_cutoff": "22:00"],
                "where": ["event_name": "Charged", "from": 20_231_001, "to": 20_231_020],
                "content": [
                    "template_name": "shop:order", "header": ["media": "https://example.com/a.jpg"],
                    "body": ["replacements": ["{{ Profile.Name | default: \"there\" }}", 17]], "buttons": [["replacements": ["suffix"]]],
                ],
                "respect_frequency_caps": false, "respect_throttle": false, "system_control_group_include": false,
                "control_group": ["type": "custom", "name": "Loyal"], "users_limit_overall": 500, "labels": ["vip"],
                "conversion_goal": ["event_name": "Charged", "conversion_time": "30m", "revenue_property": "Amount"], "ttl": 10,
            ])
            let answer = try await client.post("/1/targets/create.json", body)
            #expect(answer.body["status"] == "success", "\(answer.body.text)")
            let shown = try await client.get("/1/campaigns/1").body
            #expect(
                shown["when"] == [
                    "start": "2030-01-02T10:30:00Z", "cutoff": "22:00", "throttle": ["messages": 10_000_000, "minutes": 1],
                ])
            #expect(
                shown["what"]?["variables"] == [
                    "1": "{{ Profile.Name | default: \"there\" }}", "2": "17", "header": "https://example.com/a.jpg", "button_1": "suffix",
                ])
            #expect(shown["who"]?["reach"] == ["at_most": 500])
            #expect(
                shown["setup"] == [
                    "limits": ["account": false], "system_control_group": false, "custom_control_group": "Loyal", "labels": ["vip"],
                    "conversion": ["event": "Charged", "within": ["minutes": 30], "revenue_property": "Amount"],
                ])
        }
    }

    private static let faults: [(changes: [String: JSONValue], words: String)] = [
        (["name": nil], "Field name is empty"), (["name": ""], "Field name is empty"), (["when": nil], "Field when is empty"),
        (["when": ""], "Field when is empty"), (["content": nil], "Field content is empty"),
        (["content": ["locale": "en"]], "Field template_name is empty (inside content)"), (["where": nil], "Field where is empty"),
        (["where": ["colour": "red"]], "Query specified in where failed to parse"),
        (["where": ["event_name": "A", "from": 20_230_102, "to": 20_230_101]], "Query specified in where failed to parse"),
        (["where": 5], "Query specified in where failed to parse"),
        (["control_group": ["type": "custom", "name": "X"]], "No custom control group with name X is defined"),
        (["provider_nick_name": "Nobody"], "InCorrect provider_nick_name!"), (["segment": 1], "Give where or segment, not both"),
        (["content": ["template_name": "none"]], "No template with name none and locale en is defined"),
        (
            ["target_mode": "sms"],
            "target_mode sms is not available here: this server sends WhatsApp alone, so target_mode must be whatsapp"
        ),
        (
            ["target_mode": nil],
            "target_mode push is not available here: this server sends WhatsApp alone, so target_mode must be whatsapp"
        ),
        (
            ["when": ["type": "recurring"]],
            "WhatsApp has no recurring campaigns, to prevent misuse and spam (type inside when)"
        ),
        (
            ["when": ["type": "later", "delivery_date_time": ["20300101 10:00", "20300102 10:00"]]],
            "WhatsApp has no campaigns on multiple dates, to prevent misuse and spam (delivery_date_time inside when)"
        ),
        (["when": ["type": "later"]], "Field delivery_date_time is empty (inside when)"),
        (["when": "tomorrow"], #"when is "now", "YYYYMMDD HH:MM" or an object with the type now or later"#),
    ]

    @Test(arguments: faults)
    func `a fault is worded as the vendor words it, and leaves nothing`(changes: [String: JSONValue], words: String) async throws {
        try await CampaignSite().test { client async throws in
            let answer = try await client.post("/1/targets/create.json", Self.target(changes))
            #expect(answer.isError(400, words), "\(answer.body.text)")
            #expect(try await client.get("/1/campaigns").body["campaigns"] == [])
        }
    }

    private static let refused: [[String: JSONValue]] = [
        ["users_limit_overall": 99], ["users_limit_overall": 100, "upper_cap_for_target_segment": 100], ["labels": ["none"]],
        ["conversion_goal": ["event_name": "A", "conversion_time": "soon"]], ["conversion_goal": ["conversion_time": "1D"]],
        ["control_group": ["type": "campaign", "percentage": 1]], ["control_group": ["type": "other"]], ["when": "20200101 10:00"],
        ["content": ["template_name": "plain", "body": ["replacements": ["x"]]]], ["content": ["template_name": "order"]],
        ["content": ["template_name": "plain", "body": ["replacements": "x"]]],
    ]

    @Test(arguments: refused)
    func `what no campaign could be is refused`(changes: [String: JSONValue]) async throws {
        try await CampaignSite().test { client async throws in
            #expect(try await client.post("/1/targets/create.json", Self.target(changes)).isError(400))
            #expect(try await client.get("/1/campaigns").body["campaigns"] == [])
        }
    }

    @Test func `targets are listed by their start, stopped, and report`() async throws {
        try await CampaignSite().test { client async throws in
            for when in ["20300101 00:00", "20300102 23:59", "20300103 00:00"] as [JSONValue] {
                _ = try await client.post("/1/targets/create.json", Self.target(["when": when]))
            }
            _ = try await client.post("/1/targets/create.json", Self.target(["draft": true]))
            let list = try await client.post("/1/targets/list.json", ["from": 20_300_101, "to": 20_300_102])
            #expect(
                list.body == [
                    "status": "success",
                    "targets": [
                        ["id": 2, "name": "Tickets", "scheduled_on": 203_001_022_359, "status": "pending"],
                        ["id": 1, "name": "Tickets", "scheduled_on": 203_001_010_000, "status": "pending"],
                    ],
                ])
            let early = try await client.post("/1/targets/result.json", ["id": 1])
            #expect(early.body == ["status": "fail", "error": "This target hasn't been completed"])
            #expect(try await client.post("/1/targets/stop.json", ["id": 1]).body == ["status": "success"])
            #expect(try await client.post("/1/targets/stop.json", ["id": 1]).body == ["status": "success"])
            let late = try await client.post("/1/targets/result.json", ["id": 1])
            #expect(late.body == ["status": "success", "result": ["sent": 0, "clicked": 0]])
            let day = try await client.post("/1/targets/list.json", ["from": 20_300_101, "to": 20_300_101])
            #expect(day.body["targets"]?.array?.first?["status"] == "stopped")
        }
    }

    @Test(
        arguments: [
            ("stop", [:], 400), ("stop", ["id": 9], 404), ("result", ["id": 9], 404), ("result", ["id": "x"], 400),
            ("list", ["from": 20_300_102, "to": 20_300_101], 400), ("list", ["from": 20_300_102], 400),
            ("list", ["from": 20_301_301, "to": 20_301_302], 400),
        ] as [(String, JSONValue, Int)])
    func `what is not there is answered in the vendor's shape`(call: String, body: JSONValue, status: Int) async throws {
        try await CampaignSite().test { client async throws in
            #expect(try await client.post("/1/targets/\(call).json", body).isError(status))
        }
    }
}
