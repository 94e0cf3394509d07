import Core
import HTTPTypes
import StorageTesting
import Testing

struct QueryPageTests {
    /// The records of all pages, and how many pages there were.
    private static func pages(_ client: CompatibleSite.Client, _ call: String, _ cursor: String) async throws -> (
        records: [JSONValue], count: Int
    ) {
        var (records, next, count): ([JSONValue], String?, Int) = ([], cursor, 0)
        while let cursor = next {
            let answer = try await client.get("/1/\(call).json?cursor=\(cursor)")
            #expect(answer.status == 200 && answer.body["status"] == "success", "\(answer.body.text)")
            records += answer.body["records"]?.array ?? []
            (next, count) = (answer.body["next_cursor"]?.string, count + 1)
        }
        return (records, count)
    }

    private static func cursor(_ client: CompatibleSite.Client, _ path: String, _ query: JSONValue) async throws -> String {
        let answer = try await client.post("/1/\(path)", query)
        #expect(answer.status == 200 && answer.body["status"] == "success" && answer.body.object?.count == 2)
        return try #require(answer.body["cursor"]?.string)
    }

    @Test(arguments: TestEngine.available)
    func `people come in pages, each once`(kind: TestEngine) async throws {
        try await QuerySite(kind).test { client async throws in
            try await client.addPeople(7)
            try await client.did("Charged", 1, at: "2027-01-10T12:00:00")
            let cursor = try await Self.cursor(client, "profiles.json?batch_size=3", [:])
            let (records, count) = try await Self.pages(client, "profiles", cursor)
            #expect(count == 3 && records.map { $0["identity"] } == (1...7).map { .string("p\($0)") })
            let ts = QuerySite.seconds("2027-01-10T12:00:00")
            #expect(records[0]["events"] == ["Charged": ["count": 1, "first_seen": ts, "last_seen": ts]])
            #expect(
                records[0]["profileData"]?["City"] == "Goa" && records[0]["name"] == "Person 1" && records[1]["events"]?["Charged"] == nil)
            #expect(records[0]["platformInfo"] == [["objectId": "o1"]])
            let bare = try await Self.cursor(
                client, "profiles.json?batch_size=5000&app=false&events=false&profile=false", ["event_name": "Charged"])
            let only = try await Self.pages(client, "profiles", bare)
            #expect(only.count == 1)
            #expect(only.records == [["identity": "p1", "objectId": "o1", "name": "Person 1", "phone": "+919812345611"]])
        }
    }

    @Test(arguments: TestEngine.available)
    func `events come in pages with their people, and later ones do not disturb`(kind: TestEngine) async throws {
        try await QuerySite(kind, slice: 2).test { client async throws in
            try await client.addPeople(3)
            for day in 1...5 { try await client.did("Charged", day % 3 + 1, at: "2027-01-0\(day)T09:08:07", ["Day": .int(Int64(day))]) }
            let cursor = try await Self.cursor(
                client, "events.json?batch_size=2", ["event_name": "charged", "from": 20_270_102, "to": 20_270_115])
            let first = try await client.get("/1/events.json?cursor=\(cursor)")
            try await client.did("Charged", 3, at: "2027-01-09T09:00:00")
            let (rest, _) = try await Self.pages(client, "events", try #require(first.body["next_cursor"]?.string))
            let records = (first.body["records"]?.array ?? []) + rest
            #expect(records.map { $0["ts"] } == [20_270_103_090_807, 20_270_104_090_807, 20_270_102_090_807, 20_270_105_090_807])
            #expect(records.map { $0["profile"]?["identity"] } == ["p1", "p2", "p3", "p3"])
            #expect(records[0]["event_props"] == ["Day": 3] && records[0]["session_props"] == [:])
            #expect(records[0]["profile"]?["objectId"] == "o1" && records[0]["profile"]?["profileData"]?["n"] == 1)
        }
    }

    @Test func `only the first time of each person, over any slices`() async throws {
        for slice in 1...4 {
            try await QuerySite(slice: slice).test { client async throws in
                try await client.addPeople(2)
                for day in [1, 2, 3] { try await client.did("Charged", 1, at: "2027-01-0\(day)T09:00:00") }
                for day in [4, 5] { try await client.did("Charged", 2, at: "2027-01-0\(day)T09:00:00") }
                let query: JSONValue = ["event_name": "Charged", "session_properties": [["name": "first_time", "value": "True"]]]
                let cursor = try await Self.cursor(client, "events.json?batch_size=1", query)
                let records = try await Self.pages(client, "events", cursor).records
                #expect(records.map { $0["ts"] } == [20_270_101_090_000, 20_270_104_090_000])
            }
        }
    }

    @Test func `nobody and nothing are one empty page`() async throws {
        try await QuerySite().test { client async throws in
            try await client.addPeople(1)
            try await client.did("Charged", 1, at: "2027-01-10T12:00:00")
            let query: JSONValue = ["event_name": "Charged", "from": 20_270_111, "to": 20_270_115]
            for call in ["profiles", "events"] {
                let cursor = try await Self.cursor(client, "\(call).json", query)
                #expect(try await client.get("/1/\(call).json?cursor=\(cursor)").body == ["status": "success", "records": []])
            }
        }
    }

    @Test func `a cursor is good for its call alone and as it was given`() async throws {
        try await QuerySite().test { client async throws in
            try await client.addPeople(3)
            let cursor = try await Self.cursor(client, "profiles.json", [:])
            for broken in [String(cursor.dropLast()), cursor + "A", "A" + cursor.dropFirst(), String(cursor.reversed()), "", "x", "%2B%2F"]
            {
                let answer = try await client.get("/1/profiles.json?cursor=\(broken)")
                #expect(answer.isError(400) && answer.body["error"]?.string?.contains("not valid") == true, "\(broken)")
            }
            #expect(try await client.get("/1/events.json?cursor=\(cursor)").isError(400))
            #expect(try await client.get("/1/profiles.json").isError(400))
            for query in ["batch_size=0", "batch_size=5001", "batch_size=x", "events=maybe"] {
                #expect(try await client.post("/1/profiles.json?\(query)", [:]).isError(400), "\(query)")
            }
        }
    }

    @Test func `a cursor of another account is refused`() async throws {
        let site = try await QuerySite()
        try await site.addAccount("OTHER-1")
        try await site.test { client async throws in
            try await client.addPeople(1)
            let cursor = try await Self.cursor(client, "profiles.json", [:])
            let path = "/1/profiles.json?cursor=\(cursor)"
            #expect(try await client.send(.get, path, nil, account: "OTHER-1").isError(400))
            #expect(try await client.send(.get, path, nil).status == 200)
        }
    }

    private static let lives: [(call: String, wait: Int, isGood: Bool)] = [
        ("profiles", 4 * 86_400, true), ("profiles", 4 * 86_400 + 1, false), ("events", 3600, true), ("events", 3601, false),
    ]

    @Test(arguments: lives)
    func `a cursor expires`(life: (call: String, wait: Int, isGood: Bool)) async throws {
        let site = try await QuerySite()
        let time = site.time
        try await site.test { client async throws in
            try await client.addPeople(1)
            try await client.did("Charged", 1, at: "2027-01-10T12:00:00")
            let cursor = try await Self.cursor(client, "\(life.call).json", ["event_name": "Charged"])
            time.now = time.now + .seconds(life.wait)
            let answer = try await client.get("/1/\(life.call).json?cursor=\(cursor)")
            #expect(life.isGood ? answer.status == 200 : answer.isError(400))
            if !life.isGood { #expect(answer.body["error"]?.string?.contains("expired") == true) }
        }
    }

    /// Used every half hour, and so never idle.
    @Test func `events can be paged for 4 hours`() async throws {
        let site = try await QuerySite()
        let time = site.time
        try await site.test { client async throws in
            try await client.addPeople(1)
            for day in 1...9 { try await client.did("Charged", 1, at: "2027-01-0\(day)T12:00:00") }
            var cursor = try await Self.cursor(client, "events.json?batch_size=1", ["event_name": "Charged"])
            for step in 1...9 {
                let answer = try await client.get("/1/events.json?cursor=\(cursor)")
                guard step < 9 else { return #expect(answer.isError(400)) }
                cursor = try #require(answer.body["next_cursor"]?.string)
                time.now = time.now + .seconds(step < 8 ? 1800 : 1801)
            }
        }
    }
}
