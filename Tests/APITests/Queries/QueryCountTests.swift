import Core
import StorageTesting
import Testing

struct QueryCountTests {
    /// p1 charged 10 on the 3rd and 20 on the 10th, p2 charged 30 on the 10th, p3 only viewed.
    private func test(_ kind: TestEngine = .sqlite, _ body: @escaping @Sendable (CompatibleSite.Client) async throws -> Void) async throws {
        try await QuerySite(kind).test { client async throws in
            try await client.addPeople(5)
            try await client.did("Charged", 1, at: "2027-01-03T23:59:59", ["Amount": 10, "Plan": "Gold"])
            try await client.did("Charged", 1, at: "2027-01-10T00:00:00", ["Amount": 20, "Plan": "Gold"])
            try await client.did("Charged", 2, at: "2027-01-10T12:00:00", ["Amount": 30, "Plan": "Silver"])
            try await client.did("Viewed", 3, at: "2027-01-10T12:00:00")
            try await body(client)
        }
    }

    private static let people: [(query: JSONValue, count: Int64)] = [
        ([:], 5), (["event_name": "Charged", "from": 20_270_101, "to": 20_270_115], 2),
        (["event_name": "charged", "from": 20_270_111, "to": 20_270_115], 0),
        (["event_name": "Charged", "event_properties": [["name": "Amount", "operator": "greater_than", "value": 25]]], 1),
        (["common_profile_properties": ["profile_fields": [["name": "City", "value": "Pune"]]]], 2),
        (["advanced_query": ["did_none": [["event_name": "Charged"]]]], 3),
        (["advanced_query": ["did_all": [["event_name": "Charged", "operator": "equals", "value": 2]]]], 1),
        (
            [
                "event_name": "Charged", "session_properties": [["name": "first_time", "value": "True"]], "from": 20_270_105,
                "to": 20_270_115,
            ], 1
        ),
    ]

    @Test(arguments: TestEngine.available)
    func `people are counted`(kind: TestEngine) async throws {
        try await test(kind) { client async throws in
            for (query, count) in Self.people {
                let answer = try await client.post("/1/counts/profiles.json", query)
                #expect(answer.status == 200 && answer.body == ["status": "success", "count": .int(count)], "\(query.text)")
            }
        }
    }

    private static let events: [(query: JSONValue, count: Int64)] = [
        (["event_name": "Charged"], 3), (["event_name": "Charged", "from": 20_270_104, "to": 20_270_115], 2),
        (["event_name": "Charged", "from": 20_270_103, "to": 20_270_103], 1),
        (["event_name": "Charged", "event_properties": [["name": "Plan", "value": "Gold"]]], 2),
        (["event_name": "Charged", "common_profile_properties": ["profile_fields": [["name": "City", "value": "Pune"]]]], 1),
        (["event_name": "Charged", "advanced_query": ["did_none": [["event_name": "Viewed"]]]], 3),
        (["event_name": "Charged", "session_properties": [["name": "first_time", "value": "True"]]], 2),
        (
            [
                "event_name": "Charged", "session_properties": [["name": "first_time", "value": "True"]], "from": 20_270_105,
                "to": 20_270_115,
            ], 1
        ),
        (["event_name": "Charged", "session_properties": [["name": "time_of_day", "value": ["12:00", "13:00"]]]], 1),
    ]

    @Test(arguments: TestEngine.available)
    func `events are counted`(kind: TestEngine) async throws {
        try await test(kind) { client async throws in
            for (query, count) in Self.events {
                let answer = try await client.post("/1/counts/events.json", query)
                #expect(answer.status == 200 && answer.body == ["status": "success", "count": .int(count)], "\(query.text)")
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func `trends have a number for each day, week and month`(kind: TestEngine) async throws {
        try await test(kind) { client async throws in
            let groups: JSONValue = ["d": ["trend_type": "daily"], "w": ["trend_type": "weekly"], "m": ["trend_type": "monthly"]]
            let query: [String: JSONValue] = ["event_name": "Charged", "from": 20_270_103, "to": 20_270_110, "groups": groups]
            let plain = try await client.post("/1/counts/trends.json", .object(query))
            #expect(plain.status == 200 && plain.body["status"] == "success")
            #expect(plain.body["d"]?.object?.count == 8 && plain.body["d"]?["20270103"] == 1 && plain.body["d"]?["20270104"] == 0)
            #expect(plain.body["d"]?["20270110"] == 2)
            // 3 January 2027 is a Sunday, of the last week of 2026.
            #expect(plain.body["w"] == ["202653": 1, "202701": 2] && plain.body["m"] == ["202701": 3])
            let unique = try await client.post("/1/counts/trends.json", .object(query.merging(["unique": true]) { $1 }))
            #expect(unique.body["m"] == ["202701": 2] && unique.body["w"] == ["202653": 1, "202701": 2])
            let sum = try await client.post("/1/counts/trends.json", .object(query.merging(["sum_event_prop": "Amount"]) { $1 }))
            #expect(sum.body["m"] == ["202701": 60] && sum.body["d"]?["20270110"] == 50)
        }
    }

    @Test(arguments: TestEngine.available)
    func `the values of properties are counted`(kind: TestEngine) async throws {
        try await test(kind) { client async throws in
            let groups: JSONValue = [
                "plan": ["property_type": "event_properties", "name": "Plan", "top_n": 1, "order": "desc"],
                "least": ["property_type": "event_properties", "name": "Plan", "top_n": 1, "order": "asc"],
                "city": ["property_type": "profile_fields", "name": "City"],
                "amount": ["property_type": "event_properties", "name": "Amount", "top_n": 2],
            ]
            let answer = try await client.post("/1/counts/top.json", ["event_name": "Charged", "groups": groups])
            #expect(answer.status == 200 && answer.body["status"] == "success")
            #expect(answer.body["plan"] == ["STR": ["Gold": 2]] && answer.body["least"] == ["STR": ["Silver": 1]])
            #expect(answer.body["city"] == ["STR": ["Pune": 1, "Goa": 1]])
            #expect(answer.body["amount"] == ["NUMBER": ["10-15": 1, "20-25": 1]])
        }
    }

    private static let faults: [(call: String, query: JSONValue, error: String)] = [
        (
            "counts/profiles", ["event_name": "Charged", "from": 20_270_105, "to": 20_270_101],
            "Query parse failure - The from date cannot be after the to date"
        ),
        (
            "counts/events", ["event_name": "Charged", "from": 20_270_105, "to": 20_270_116],
            "Query parse failure - The to date cannot be in the future"
        ),
        ("counts/profiles", ["x": 1], "Query parse failure - x is not known here."),
        ("counts/events", [:], "Query parse failure - event_name is missing."), ("profiles", [], "Query parse failure - "),
        ("events", [:], "Query parse failure - event_name is missing."),
        ("counts/trends", ["event_name": "Charged"], "Query parse failure - groups is an object"),
        (
            "counts/trends", ["event_name": "Charged", "groups": ["a": ["trend_type": "hourly"]]],
            "Query parse failure - trend_type is daily"
        ),
        ("counts/trends", ["event_name": "Charged", "groups": ["status": ["trend_type": "daily"]]], "Query parse failure - groups"),
        (
            "counts/trends", ["event_name": "Charged", "unique": true, "sum_event_prop": "A", "groups": ["a": ["trend_type": "daily"]]],
            "Query parse failure - People are counted"
        ),
        ("counts/top", ["event_name": "Charged", "groups": ["a": ["name": "P"]]], "Query parse failure - property_type is"),
        (
            "counts/top", ["event_name": "Charged", "groups": ["a": ["name": "P", "property_type": "app_fields"]]],
            "Query parse failure - property_type is"
        ),
        (
            "counts/top", ["event_name": "Charged", "groups": ["a": ["name": "P", "property_type": "profile_fields", "top_n": 0]]],
            "Query parse failure - top_n is"
        ),
    ]

    @Test func `a query that cannot be read is refused in the vendor's words`() async throws {
        try await test { client async throws in
            for (call, query, error) in Self.faults {
                let answer = try await client.post("/1/\(call).json", query)
                #expect(answer.isError(400) && answer.body["error"]?.string?.hasPrefix(error) == true, "\(call): \(answer.body.text)")
            }
        }
    }

    @Test(arguments: ["counts/profiles", "counts/events", "counts/trends", "counts/top", "profiles", "events"])
    func `an event that nobody ever did is an error inside an answer`(call: String) async throws {
        try await test { client async throws in
            let groups: JSONValue = [
                "a": call == "counts/top" ? ["property_type": "profile_fields", "name": "n"] : ["trend_type": "daily"]
            ]
            let query: JSONValue =
                call.hasSuffix("trends") || call.hasSuffix("top")
                ? ["event_name": "Uninstalled", "groups": groups] : ["event_name": "Uninstalled"]
            let answer = try await client.post("/1/\(call).json", query)
            #expect(answer.status == 200)
            #expect(answer.body == ["status": "fail", "error": #"["Invalid event : Uninstalled"]"#, "code": 400])
        }
    }
}
