import Core
import Testing

struct DirectSendTests {
    private static func call(_ changes: [String: JSONValue] = [:]) -> JSONValue {
        let plain: [String: JSONValue] = [
            "to": ["Identity": ["p1", "p2"], "Email": ["P3@example.com"], "objectId": ["nobody"]], "tag_group": "Receipts",
            "content": [
                "template_name": "order", "header": ["media": "https://example.com/a.jpg"], "body": ["replacements": ["Asha", "A-17"]],
                "buttons": [["replacements": ["a17"]]],
            ],
        ]
        return .object(plain.merging(changes) { $1 })
    }

    private static let values = #"["Asha","A-17","https://example.com/a.jpg","a17"]"#

    @Test func `everybody who is named gets a message in the ledger, in the lane of live ones`() async throws {
        let site = try await CampaignSite()
        try await site.addPeople(4)
        let engine = site.engine
        try await site.test { client async throws in
            let answer = try await client.post(
                "/1/send/whatsapp.json",
                Self.call(["to": ["Identity": ["p1", "p4", "p1"], "Email": ["P3@example.com"], "objectId": ["x"]]]))
            #expect(
                answer.status == 200
                    && answer.body == ["status": "success", "message": "Added to queue for processing", "unknown": ["x"]])
            #expect(
                try await CampaignSite.messages(in: engine) == [
                    "1 1 1 planned - \(Self.values)", "3 1 1 planned - \(Self.values)", "4 1 1 excluded not_opted_in []",
                ])
        }
    }

    @Test func `calls that belong together are runs of one campaign, which only those see who ask`() async throws {
        let site = try await CampaignSite()
        try await site.addPeople(5)
        let to: JSONValue = ["Identity": ["p1"]]
        let engine = site.engine
        try await site.test { client async throws in
            for _ in 1...2 { #expect(try await client.post("/1/send/whatsapp.json", Self.call(["to": to])).status == 200) }
            _ = try await client.post("/1/send/whatsapp.json", Self.call(["to": to, "tag_group": "Other"]))
            _ = try await client.post("/1/send/whatsapp.json", Self.call(["to": to, "content": ["template_name": "plain"]]))
            _ = try await client.post("/1/send/whatsapp.json", Self.call(["to": to, "respect_frequency_caps": false]))
            #expect(try await CampaignSite.messages(in: engine).map { $0.prefix(5) } == ["1 1 1", "1 2 1", "1 1 1", "1 1 1", "1 1 1"])
            #expect(try await client.get("/1/campaigns").body["campaigns"] == [])
            let asked = try await client.get("/1/campaigns?type=direct").body["campaigns"]?.array ?? []
            #expect(asked.count == 4 && asked.allSatisfy { $0["status"] == "running" && $0["type"] == "direct" })
            #expect(asked.first?["setup"]?["limits"] == ["account": false])
            #expect(try await client.get("/1/campaigns/1/stats").body["qualified"] == 2)
        }
    }

    @Test func `a message id makes a repeated call the same call`() async throws {
        let site = try await CampaignSite()
        try await site.addPeople(4)
        let engine = site.engine
        try await site.test { client async throws in
            for id in ["abc12345", "abc12345", "other"] as [JSONValue] {
                let answer = try await client.post("/1/send/whatsapp.json", Self.call(["message_id": id, "to": ["Identity": ["p1"]]]))
                #expect(answer.body == ["status": "success", "message": "Added to queue for processing"])
            }
            #expect(try await CampaignSite.messages(in: engine).count == 2)
        }
    }

    @Test func `after a stop the next call has a new campaign`() async throws {
        let site = try await CampaignSite()
        try await site.addPeople(4)
        try await site.test { client async throws in
            _ = try await client.post("/1/send/whatsapp.json", Self.call())
            #expect(try await client.post("/1/campaigns/1/stop", [:]).body["status"] == "stopped")
            _ = try await client.post("/1/send/whatsapp.json", Self.call())
            #expect(
                try await client.get("/1/campaigns?type=direct").body["campaigns"]?.array?.map { $0["status"] } == ["running", "stopped"])
        }
    }

    private static let faults: [(changes: [String: JSONValue], words: String)] = [
        (["to": nil], "Field to is empty"), (["to": [:]], "Field to is empty"), (["to": ["Identity": []]], "Field to is empty"),
        (["to": ["Identity": "p1"]], "Identity must be an array (inside to)"),
        (["to": ["Identity": [true]]], "Identity must hold texts (inside to)"), (["content": nil], "Field content is empty"),
        (["content": ["body": [:]]], "Field template_name is empty (inside content)"),
        (["provider_nick_name": "Nobody"], "InCorrect provider_nick_name!"),
        (["message_id": "123456789"], "message_id is one line of at most 8 characters"),
        (["to": ["Identity": .array((1...1001).map { .string("p\($0)") })]], "to names more than 1000 people"),
    ]

    @Test(arguments: faults)
    func `what cannot be sent is refused, and makes no campaign`(changes: [String: JSONValue], words: String) async throws {
        try await CampaignSite().test { client async throws in
            #expect(try await client.post("/1/send/whatsapp.json", Self.call(changes)).isError(400, words))
            #expect(try await client.get("/1/campaigns?type=direct").body["campaigns"] == [])
        }
    }

    @Test func `other channels are refused by name, and nobody makes such a campaign by hand`() async throws {
        try await CampaignSite().test { client async throws in
            for word in ["sms", "email", "push", "webpush"] {
                let answer = try await client.post("/1/send/\(word).json", Self.call())
                #expect(answer.isError(400, "\(word) is not available here: this server sends WhatsApp alone, by /1/send/whatsapp.json"))
            }
            #expect(try await client.post("/1/send/pigeon.json", Self.call()).isError(404))
            #expect(
                try await client.post("/1/campaigns", CampaignSite.campaign(["type": "direct", "when": ["start": "now"]])).isError(400))
            _ = try await client.post("/1/campaigns", CampaignSite.campaign(["when": ["start": "now"]]))
            #expect(try await client.post("/1/campaigns/1", ["type": "direct"]).isError(400))
        }
    }
}
