import Core
import Testing

struct RepeatedQueryTests {
    private static let person: JSONValue = ["type": "profile", "identity": "a", "profileData": ["Name": "Asha"]]

    @Test(arguments: ["dryRun=0&dryRun=1", "dryRun=1&dryRun=0", "dryRun=1&dryRun=1", "dryRun=1&x=2&dryRun"])
    func `a dry run that is asked for twice stores nothing`(query: String) async throws {
        try await CompatibleSite().test { client async throws in
            #expect(try await client.post("/1/upload?\(query)", ["d": [Self.person]]).isError(400))
            #expect(try await client.get("/1/profile.json?identity=a").isError(404))
        }
    }

    @Test(arguments: ["identity=a&identity=b", "email=a%40example.com&email=a%40example.com", "objectId=x&objectId=y"])
    func `two people at once are refused`(query: String) async throws {
        try await CompatibleSite().test { client async throws in
            _ = try await client.post("/1/upload", ["d": [Self.person]])
            #expect(try await client.get("/1/profile.json?\(query)").isError(400))
        }
    }
}
