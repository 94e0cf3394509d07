import API
import Core
import CoreTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import StorageTesting
import Testing
import WebSupport

struct CompatibleTests {
    private static let asha: JSONValue = [
        "type": "profile", "identity": "a", "objectId": "device",
        "profileData": ["Name": "Asha", "Email": "asha@example.com", "Phone": "+919812345678", "City": "Pune", "MSG-whatsapp": true],
    ]

    @Test(arguments: TestEngine.available)
    func `an upload is stored and shown by profile json`(kind: TestEngine) async throws {
        let viewed: JSONValue = ["type": "event", "identity": "a", "evtName": "Viewed", "ts": 1_600_000_000]
        let bad: JSONValue = ["type": "profile", "identity": "b", "profileData": ["Email": "x"]]
        try await CompatibleSite(kind).test { client async throws in
            let answer = try await client.post("/1/upload", ["d": [Self.asha, viewed, bad]])
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType]?.hasPrefix("application/json") == true)
            #expect(answer.body["status"] == "partial" && answer.body["processed"] == 2)
            #expect(answer.body["unprocessed"]?.array?.first?["code"] == 515)
            let record: JSONValue = [
                "identity": "a", "email": "asha@example.com", "name": "Asha", "phone": "+919812345678",
                "profileData": ["City": "Pune", "MSG-whatsapp": true],
                "events": ["Viewed": ["count": 1, "first_seen": 1_600_000_000, "last_seen": 1_600_000_000]],
                "platformInfo": [["objectId": "device"]],
            ]
            for query in ["identity=a", "email=ASHA%40example.com", "objectId=device"] {
                let shown = try await client.get("/1/profile.json?\(query)")
                #expect(shown.status == 200 && shown.body == ["status": "success", "record": record])
            }
        }
    }

    @Test func `a dry run stores nothing and other words for it are refused`() async throws {
        try await CompatibleSite().test { client async throws in
            #expect(try await client.post("/1/upload?dryRun=1", ["d": [Self.asha]]).body["processed"] == 1)
            #expect(try await client.post("/1/upload?dryRun=true", ["d": [Self.asha]]).isError(400))
            #expect(try await client.get("/1/profile.json?identity=a").isError(404))
            #expect(try await client.post("/1/upload?dryRun=0", ["d": [Self.asha]]).status == 200)
            #expect(try await client.get("/1/profile.json?identity=a").status == 200)
        }
    }

    @Test func `a wrong key is refused in the vendor's words`() async throws {
        try await CompatibleSite().test { client async throws in
            let body = JSONValue.object(["d": [Self.asha]]).text
            let account = try await client.send(.post, "/1/upload", body, account: "OTHER")
            #expect(account.isError(401, "Account ID is not valid"))
            #expect(try await client.send(.post, "/1/upload", body, passcode: "x").isError(401, "Invalid Credentials"))
            #expect(try await client.send(.get, "/1/profile.json?identity=a", nil, passcode: "").isError(401))
        }
    }

    @Test(arguments: ["", "{", "{\"d\":[}", "{\"d\":[]} x", "\u{FEFF}{}"])
    func `what is no JSON is a malformed request`(body: String) async throws {
        try await CompatibleSite().test { client async throws in
            #expect(try await client.send(.post, "/1/upload", body).isError(400, "Malformed request"))
            #expect(try await client.send(.post, "/1/subscribe", body).isError(400, "Malformed request"))
        }
    }

    @Test func `wrong calls get the vendor's shape`() async throws {
        try await CompatibleSite().test { client async throws in
            #expect(try await client.post("/1/upload", ["x": 1]).isError(400))
            #expect(try await client.post("/1/upload", ["d": .array(Array(repeating: 1, count: 1001))]).isError(400))
            #expect(try await client.get("/1/upload").isError(405))
            #expect(try await client.get("/1/upload").headers[.allow] == "POST")
            #expect(try await client.get("/1/nothing").isError(404))
            #expect(try await client.get("/1/profile.json").isError(400))
            #expect(try await client.get("/1/profile.json?identity=a&email=b").isError(400))
            #expect(try await client.get("/1/profile.json?identity=%00").isError(404))
        }
    }

    @Test func `a body over 8 MiB is refused`() async throws {
        try await CompatibleSite().test { client async throws in
            let long = String(repeating: " ", count: CompatibleRoutes.uploadLimit)
            #expect(try await client.send(.post, "/1/upload", "{\"d\":[]}" + long).isError(413))
            #expect(try await client.send(.post, "/1/upload", "{\"d\":[]}" + long.dropLast(8)).status == 200)
        }
    }

    @Test func `a number is unsubscribed`() async throws {
        try await CompatibleSite().test { client async throws in
            _ = try await client.post("/1/upload", ["d": [Self.asha]])
            let stop: JSONValue = ["type": "whatsapp", "value": "+919812345678", "status": "Unsubscribe"]
            #expect(try await client.post("/1/subscribe", ["d": [stop]]).body == ["status": "success", "processed": 1, "unprocessed": []])
            let shown = try await client.get("/1/profile.json?identity=a")
            #expect(shown.body["record"]?["profileData"]?["MSG-whatsapp"] == false)
        }
    }

    @Test func `a database that is away is answered with 503 and a time to try again`() async throws {
        try await CompatibleSite(storing: AwayEngine()).test { client async throws in
            let answer = try await client.post("/1/upload", ["d": [Self.asha]])
            #expect(answer.isError(503) && answer.headers[.retryAfter] != nil)
        }
    }

    @Test func `calls beyond the limit are refused while the others run`() async throws {
        let (site, gate) = (try await CompatibleSite(), Gate())
        site.group.group().add(middleware: ConcurrencyLimit(2)).get("slow") { _, _ -> Response in
            await gate.pass()
            return .json(["status": "success"])
        }
        try await site.test { client async throws in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...2 { group.addTask { try await client.get("/1/slow").status } }
                await gate.isReached(times: 2)
                let third = try await client.get("/1/slow")
                #expect(third.isError(429, "Too many concurrent requests"))
                #expect(third.headers[.retryAfter] != nil)
                #expect(try await client.get("/1/profile.json?identity=a").status == 404)
                gate.open()
                for try await status in group { #expect(status == 200) }
            }
            #expect(try await client.get("/1/slow").status == 200)
        }
    }
}

/// A database that cannot be reached.
private struct AwayEngine: SQLEngine {
    let dialect = Dialect.sqlite

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        throw StorageError(.unavailable, "away")
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        throw StorageError(.unavailable, "away")
    }

    func close() async {}
}
