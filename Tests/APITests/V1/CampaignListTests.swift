import Core
import Testing

struct CampaignListTests {
    @Test(
        arguments: [
            "before=abc", "before=", "before=0", "before=-5", "before=1&before=2", "limit=0", "limit=x", "limit=5&limit=6", "type=weekly",
            "type=", "status=held", "status=draft,lost", "label=a&label=b", "name=%00",
        ])
    func `a page that cannot be meant is refused`(query: String) async throws {
        try await CampaignSite().test { client async throws in
            #expect(try await client.get("/1/campaigns?\(query)").isError(400))
        }
    }

    private static let lists: [(query: String, names: [JSONValue])] = [
        ("", ["b sale", "a"]), ("?before=2", ["a"]), ("?before=9&limit=1", ["b sale"]), ("?name=SALE", ["b sale"]), ("?label=vip", ["a"]),
        ("?status=archived", ["c sale"]), ("?status=draft,archived&name=sale", ["c sale", "b sale"]), ("?type=one_time", ["b sale", "a"]),
        ("?type=inaction,single_action", []), ("?name=%25", []),
    ]

    @Test(arguments: lists)
    func `a page is answered`(query: String, names: [JSONValue]) async throws {
        try await CampaignSite().test { client async throws in
            _ = try await client.post("/1/settings/campaigns", ["labels": ["vip"]])
            _ = try await client.post("/1/campaigns", CampaignSite.campaign(["name": "a", "setup": ["labels": ["vip"]]]))
            for name in ["b sale", "c sale"] as [JSONValue] {
                _ = try await client.post("/1/campaigns", CampaignSite.campaign(["name": name]))
            }
            _ = try await client.post("/1/campaigns/3/archive", [:])
            let answer = try await client.get("/1/campaigns\(query)")
            #expect(answer.status == 200)
            #expect(answer.body["campaigns"]?.array?.map { $0["name"] } == names)
        }
    }
}
