import Core
import HTTPTypes
import StorageTesting
import Testing
import WebSupport

struct SegmentRouteTests {
    private static let path = "/api/v1/segments"
    private static let booked: JSONValue = ["did": [["event": "Tickets Booked", "window": ["last": ["days": 7]]]]]

    @Test(arguments: TestEngine.available)
    func `everyone who booked tickets last week is saved, counted and shown`(kind: TestEngine) async throws {
        try await QuerySite(kind).test { client async throws in
            try await client.addPeople(4)
            try await client.did("Tickets Booked", 1, at: "2027-01-10T09:00:00")
            try await client.did("Tickets Booked", 2, at: "2027-01-08T00:00:00")
            try await client.did("Tickets Booked", 3, at: "2027-01-07T23:59:59")
            let saved = try await client.post(Self.path, ["name": "Last week", "where": Self.booked])
            #expect(saved.status == 201)
            #expect(saved.body["type"] == "past_behaviour" && saved.body["size"] == .null && saved.body["where"] == Self.booked)
            #expect(saved.body["text"] == "Everyone who did Tickets Booked in the last 7 days")
            let id = try #require(saved.body["id"])
            let estimate = try await client.post("\(Self.path)/estimate", ["where": ["segments": ["include": [id]]]])
            #expect(estimate.status == 200 && estimate.body == ["count": 2, "reachable": 1])
            #expect(try await client.post("\(Self.path)/estimate", ["where": Self.booked]).body == estimate.body)
            #expect(try await client.post("\(Self.path)/estimate", ["segment_id": id]).body == estimate.body)
            #expect(try await client.get("\(Self.path)/\(id.text)").body == saved.body)
            #expect(try await client.get("\(Self.path)/\(id.text)/sizes").body == ["sizes": []])
            let people = try await client.get("\(Self.path)/\(id.text)/people?limit=1&fields=Identity,n,Nothing")
            #expect(people.body["people"] == [["Identity": "p1", "n": 1]] && people.body["count"] == 2)
            let next = try await client.get("\(Self.path)/\(id.text)/people?limit=5&after=\(people.body["next"]?.text ?? "")")
            #expect(next.body["people"]?.array?.map { $0["Identity"] } == ["p2"] && next.body["next"] == .null)
        }
    }

    @Test func `a person is explained clause by clause`() async throws {
        try await QuerySite().test { client async throws in
            try await client.addPeople(2)
            try await client.did("Tickets Booked", 1, at: "2027-01-10T09:00:00")
            try await client.did("Tickets Booked", 1, at: "2027-01-11T09:00:00")
            let inner = try await client.post(Self.path, ["name": "Goa", "where": ["profile": [["name": "City", "value": "Goa"]]]]).body[
                "id"]
            let rule: JSONValue = [
                "did": [["event": "Tickets Booked", "count": ["operator": "greater_than", "value": 2]]],
                "segments": ["include": [inner ?? .null]],
            ]
            let answer = try await client.post("\(Self.path)/explain", ["where": rule, "profile": ["identity": "p1"]])
            #expect(answer.status == 200 && answer.body["holds"] == false)
            #expect(answer.body["profile"] == ["objectId": "o1", "identity": "p1"])
            let parts = answer.body["clause"]?["parts"]?.array ?? []
            #expect(parts.map { $0["holds"] } == [false, true])
            #expect(parts.first?["number"] == 2 && parts.first?["text"]?.string?.contains("more than 2 times") == true)
            let byID = try await client.post("\(Self.path)/explain", ["segment_id": inner ?? .null, "profile": ["objectId": "o2"]])
            #expect(byID.body["holds"] == false)
            for profile in [["identity": "nobody"], ["objectId": "x"], ["email": "a@b.c"]] as [JSONValue] {
                let missing = try await client.post("\(Self.path)/explain", ["where": [:], "profile": profile])
                #expect(missing.status == 404 && missing.body["error"]?["code"] == "unknown_profile")
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func `segments are listed, searched, changed, copied and deleted`(kind: TestEngine) async throws {
        let site = try await QuerySite(kind)
        let time = site.time
        try await site.test { client async throws in
            for name in ["Alpha", "beta", "Gamma"] {
                #expect(try await client.post(Self.path, ["name": .string(name), "where": [:]]).status == 201)
                time.now = time.now + .seconds(1)
            }
            func names(_ query: String) async throws -> [JSONValue?] {
                try await client.get("\(Self.path)?\(query)").body["segments"]?.array?.map { $0["name"] } ?? []
            }
            #expect(try await names("") == ["Gamma", "beta", "Alpha"])
            #expect(try await names("sort=name") == ["Alpha", "beta", "Gamma"])
            #expect(try await names("search=MM") == ["Gamma"])
            #expect(try await names("type=custom_list,inaction") == [])
            let first = try await client.get("\(Self.path)?sort=name&limit=2")
            let cursor = try #require(first.body["next"]?.string)
            #expect(try await names("sort=name&limit=2&after=\(cursor)") == ["Gamma"])
            #expect(try await client.get("\(Self.path)?sort=-created&after=\(cursor)").status == 400)
            let renamed = try await client.post("\(Self.path)/1", ["name": "Omega"])
            #expect(renamed.status == 200 && renamed.body["name"] == "Omega" && renamed.body["where"] == [:])
            #expect(renamed.body["updated_at"] != renamed.body["created_at"])
            let copy = try await client.post("\(Self.path)/1/clone", [:])
            #expect(copy.status == 201 && copy.body["name"] == "Copy of Omega")
            #expect(try await client.delete("\(Self.path)/1").status == 200)
            #expect(try await client.get("\(Self.path)/1").status == 404)
        }
    }

    @Test func `what is in use or needs itself is refused`() async throws {
        try await QuerySite().test { client async throws in
            _ = try await client.post(Self.path, ["name": "a", "where": [:]])
            let user = try await client.post(Self.path, ["name": "b", "where": ["segments": ["include": [1]]]])
            #expect(user.body["text"] == "Everyone in segment “a”")
            let used = try await client.get("\(Self.path)/1")
            #expect(used.body["segments"] == 1 && used.body["campaigns"] == 0)
            #expect(used.body["used_by"] == [["kind": "segment", "id": 2, "name": "b"]])
            let delete = try await client.delete("\(Self.path)/1")
            #expect(delete.status == 409 && delete.body["error"]?["code"] == "segment_in_use")
            #expect(delete.body["error"]?["message"]?.string?.contains("“b”") == true)
            let cycle = try await client.post("\(Self.path)/1", ["where": ["segments": ["exclude": [2]]]])
            #expect(cycle.status == 409 && cycle.body["error"]?["code"] == "segment_cycle")
        }
    }

    private static let refused: [(method: HTTPRequest.Method, path: String, body: JSONValue?, status: Int, code: String)] = [
        (.post, "", ["name": "a"], 400, "invalid_segment"), (.post, "", ["name": "a", "where": ["x": 1]], 400, "invalid_rule"),
        (.post, "", ["name": "A", "where": [:]], 409, "name_taken"),
        (.post, "", ["name": "x", "live": ["type": "y"]], 400, "invalid_segment"),
        (.post, "", ["name": "x", "where": ["segments": ["include": [9]]]], 404, "unknown_segment"),
        (.post, "/1", ["live": ["type": "single_action", "event": ["name": "A"]]], 409, "fixed_type"),
        (.post, "/9", ["name": "x"], 404, "unknown_segment"), (.get, "/x", nil, 404, "unknown_segment"),
        (.get, "/9/people", nil, 404, "unknown_segment"), (.get, "/9/sizes", nil, 404, "unknown_segment"),
        (.get, "/1/people?format=xml", nil, 400, "invalid_format"), (.get, "/1/people?fields=", nil, 400, "invalid_fields"),
        (.get, "/1/people?after=x", nil, 400, "invalid_number"), (.get, "?type=x", nil, 400, "invalid_type"),
        (.get, "?sort=size", nil, 400, "invalid_sort"), (.get, "?after=xyz", nil, 400, "invalid_cursor"),
        (.get, "?limit=0", nil, 400, "invalid_number"), (.post, "/estimate", [:], 400, "invalid_segment"),
        (.post, "/estimate", ["where": [:], "segment_id": 1], 400, "invalid_segment"),
        (.post, "/estimate", ["segment_id": 9], 404, "unknown_segment"), (.post, "/estimate", ["where": 5], 400, "invalid_rule"),
        (.post, "/explain", ["where": [:]], 400, "invalid_segment"),
        (.post, "/explain", ["where": [:], "profile": ["identity": "a", "email": "b"]], 400, "invalid_segment"),
        (.post, "/9/clone", [:], 404, "unknown_segment"), (.delete, "/9", nil, 404, "unknown_segment"),
        (.put, "/1/list", [:], 409, "not_a_list"), (.post, "/lists", [:], 400, "invalid_segment"),
        (.put, "/9/list", [:], 404, "unknown_segment"),
    ]

    @Test func `what cannot be meant is refused with its code`() async throws {
        try await QuerySite().test { client async throws in
            _ = try await client.post(Self.path, ["name": "a", "where": [:]])
            for (method, path, body, status, code) in Self.refused {
                let answer = try await client.send(method, Self.path + path, body?.text)
                #expect(answer.status == status && answer.body["error"]?["code"] == .string(code), "\(method) \(path): \(answer)")
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func `a list comes as a file and is replaced by one`(kind: TestEngine) async throws {
        try await QuerySite(kind).test { client async throws in
            try await client.addPeople(3)
            let made = try await client.csv(.post, "\(Self.path)/lists?name=Friends", "Type,Identity\ni,p1\ng,o2\ni,p9\nz,p3\n")
            #expect(made.status == 201 && made.body["type"] == "custom_list")
            let report = made.body["report"]
            #expect(report?["rows"] == 4 && report?["taken"] == 2 && report?["unknown"] == 1 && report?["bad"] == 1)
            #expect(report?["unknown_examples"] == [["row": 4, "text": "p9"]])
            let id = made.body["id"]?.text ?? ""
            #expect(try await client.csv(.post, "\(Self.path)/lists?name=friends", "Type,Identity\ni,p1").status == 409)
            let failed = try await client.csv(.put, "\(Self.path)/\(id)/list", "Type,Identity\ni,p9")
            #expect(failed.status == 400 && failed.body["error"]?["code"] == "empty_list")
            #expect(try await client.get("\(Self.path)/\(id)/people").body["count"] == 2)
            let replaced = try await client.csv(.put, "\(Self.path)/\(id)/list", "Type;Identity\ni;p3")
            #expect(replaced.status == 200 && replaced.body["report"]?["taken"] == 1)
            let file = try await client.text("\(Self.path)/\(id)/people?format=csv&fields=Identity,Name,Phone,n,Nothing")
            #expect(file == "Identity,Name,Phone,n,Nothing\r\np3,Person 3,+919812345613,3,\r\n")
        }
    }

    @Test func `a file is safe to open in a spreadsheet`() async throws {
        try await QuerySite().test { client async throws in
            let names = ["=1+1", "@x", "+1 (2)", "-5", "+4915", "say \"hi\", all", "two\nlines", "\tx"]
            for (number, name) in names.enumerated() {
                let record: JSONValue = ["type": "profile", "identity": .string("p\(number)"), "profileData": ["Name": .string(name)]]
                _ = try await client.post("/1/upload", ["d": [record]])
            }
            _ = try await client.post(Self.path, ["name": "a", "where": [:]])
            let file = try await client.text("\(Self.path)/1/people?format=csv&fields=Name")
            let wanted = ["Name", "'=1+1", "'@x", "'+1 (2)", "-5", "+4915", "\"say \"\"hi\"\", all\"", "\"two\nlines\"", "'\tx"]
            #expect(file == wanted.map { $0 + "\r\n" }.joined())
        }
    }
}
