import Core
import Testing

struct PreflightRouteTests {
    @Test func `a draft and a definition are looked at without being sent`() async throws {
        let site = try await CampaignSite()
        try await site.addPeople(6)
        try await site.test { client async throws in
            _ = try await client.post("/1/campaigns", CampaignSite.campaign())
            for (path, body) in [("/1/campaigns/1/preflight", [:]), ("/1/campaigns/preflight", CampaignSite.campaign())]
                as [(String, JSONValue)]
            {
                let answer = try await client.post(path, body)
                #expect(answer.status == 200)
                #expect(answer.body["people"] == 6 && answer.body["will_get"] == 5 && answer.body["basis"] == "audience")
                let left = answer.body["reasons"]?["not_opted_in"]
                #expect(left == ["people": 1, "samples": [["profile_id": 6, "identity": "p6", "name": nil]]])
                #expect(answer.body["per_variant"] == ["shop:plain (en)": 5] && answer.body["holds"] == [])
            }
            #expect(try await client.get("/1/campaigns/1").body["status"] == "draft")
        }
    }

    @Test func `a large one is answered with a job, which only its own campaign shows`() async throws {
        let site = try await CampaignSite()
        try await site.addPeople(101)
        try await site.test { client async throws in
            _ = try await client.post("/1/campaigns", CampaignSite.campaign())
            let answer = try await client.post("/1/campaigns/1/preflight", [:])
            let job = try #require(answer.body["job"]?.string)
            #expect(answer.status == 202 && answer.body == ["job": .string(job), "status": "running", "looked": 0, "people": 101])
            #expect(try await client.get("/1/campaigns/1/preflight/\(job)").status == 202)
            for path in ["/1/campaigns/2/preflight/\(job)", "/1/campaigns/preflight/\(job)", "/1/campaigns/1/preflight/x"] {
                #expect(try await client.get(path).isError(404))
            }
        }
    }

    @Test(
        arguments: [
            ("/1/campaigns/9/preflight", [:], 404), ("/1/campaigns/x/preflight", [:], 404), ("/1/campaigns/preflight", ["name": "x"], 400),
            ("/1/campaigns/preflight", CampaignSite.campaign(["what": ["template": "shop:none"]]), 400),
        ] as [(String, JSONValue, Int)])
    func `what cannot be looked at is refused`(path: String, body: JSONValue, status: Int) async throws {
        try await CampaignSite().test { client async throws in #expect(try await client.post(path, body).isError(status)) }
    }
}
