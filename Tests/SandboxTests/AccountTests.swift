import Core
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(2)))
struct AccountTests {
    @Test func `accounts of all vendors stand side by side, without their secrets`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            try await sandbox.openGupshup()
            try await sandbox.openEnterprise()
            try await sandbox.openGeneric()
            let list = try await sandbox.get("/sandbox/accounts")
            let vendors = list.json["accounts"]?.array?.map { $0["vendor"] }
            #expect(vendors == ["generic", "gupshup", "gupshup_enterprise", "vonage", "meta"])
            for secret in ["token", "app secret", "gup key", "hsm pass", "two pass", "Hook1"] { #expect(!list.text.contains(secret)) }
        }
    }

    static let refused: [(account: JSONValue, field: String)] = [
        (["vendor": "carrier-pigeon", "credentials": [:]], "vendor"), (["credentials": [:]], "vendor"),
        (["vendor": "meta", "number": "37052000001", "credentials": ["token": "x"]], "token"),
        (["vendor": "meta", "credentials": SandboxUnderTest.metaCredentials], "number"),
        (["vendor": "meta", "number": "1", "credentials": SandboxUnderTest.metaCredentials], "number"),
        (["vendor": "gupshup", "number": "37052000001", "credentials": ["api_key": "a", "app_name": "b"]], "app_id"),
        (
            [
                "vendor": "gupshup", "number": "37052000001",
                "credentials": ["api_key": "a", "app_name": "b", "app_id": "c", "payload_version": "4"],
            ], "payload_version"
        ),
        (["vendor": "generic", "number": "37052000001", "credentials": ["username": "a"]], "password"),
        (["vendor": "generic", "secret": "a", "credentials": ["username": "a", "password": "b"]], "secret"),
        (
            [
                "vendor": "vonage",
                "credentials": [
                    "api_key": "a", "api_secret": "b", "signature_secret": "0123456789abcdef0123456789abcdef", "private_key": "none",
                ],
            ], "private_key"
        ),
    ]

    @Test func `a wrong account is refused and its key named`() async throws {
        try await SandboxUnderTest.run { sandbox in
            for (account, field) in Self.refused {
                let answer = try await sandbox.post("/sandbox/accounts", account)
                #expect(answer.status == 400 && answer.json["error"]?["field"]?.string == field, "\(account.text) \(answer.text)")
            }
        }
    }

    @Test func `an account without a key gets one`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let account: JSONValue = ["vendor": "meta", "number": "37052000001", "credentials": SandboxUnderTest.metaCredentials]
            let answer = try await sandbox.post("/sandbox/accounts", account)
            #expect(answer.json["key"] == "meta-7001")
        }
    }

    @Test func `Meta's challenge is asked for and judged`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            #expect(try await sandbox.post("/sandbox/accounts/meta/verify", [:]).json == ["status": 200, "echoed": true])
            let members = SandboxUnderTest.metaCredentials.object ?? [:]
            try await sandbox.open("meta", .object(members.merging(["verify_token": "other"]) { $1 }))
            #expect(try await sandbox.post("/sandbox/accounts/meta/verify", [:]).json == ["status": 403, "echoed": false])
            #expect(try await sandbox.post("/sandbox/accounts/key/verify", [:]).status == 409)
            #expect(try await sandbox.post("/sandbox/accounts/none/verify", [:]).status == 404)
        }
    }

    @Test func `forged callbacks are wrong in the way they say`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            let members = SandboxUnderTest.metaCredentials.object ?? [:]
            let other: [String: JSONValue] = ["access_token": "other", "phone_number_id": "7009", "app_secret": "other secret"]
            try await sandbox.open("meta", .object(members.merging(other) { $1 }), key: "meta-b")
            _ = try await sandbox.meta()
            try await sandbox.settle()
            var headers: [String: String?] = [:]
            for kind in ["missing", "wrong", "truncated", "upper_case", "other_account", "replayed"] {
                sandbox.receiver.answer([.unauthorized])
                let answer = try await sandbox.post("/sandbox/accounts/meta/forge", ["kind": .string(kind)])
                #expect(answer.json == ["kind": .string(kind), "status": 401])
                let callback = try #require(sandbox.receiver.got.last)
                headers.updateValue(callback.headers.first { $0.name.canonicalName == "x-hub-signature-256" }?.value, forKey: kind)
                let right = "sha256=" + KeyedHash.hmac(callback.bytes, key: "app secret")
                #expect(headers[kind] != right && callback.text.contains(#""status":"read""#))
                switch kind {
                case "truncated": #expect(headers[kind] == String(right.dropLast()))
                case "upper_case": #expect(headers[kind]??.lowercased() == right)
                case "other_account": #expect(headers[kind] == "sha256=" + KeyedHash.hmac(callback.bytes, key: "other secret"))
                default: break
                }
            }
            #expect(headers["missing"] == .some(nil) && headers.count == 6)
            #expect(try await sandbox.post("/sandbox/accounts/meta/forge", ["kind": "nice"]).status == 400)
        }
    }

    @Test func `forged tokens and headers of the others`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGupshup()
            try await sandbox.openGeneric()
            _ = try await sandbox.send()
            _ = try await sandbox.gupshup()
            _ = try await sandbox.generic()
            try await sandbox.settle()
            var tokens: Set<String> = []
            for kind in ["missing", "wrong", "truncated", "upper_case", "other_account", "replayed"] {
                #expect(try await sandbox.post("/sandbox/accounts/key/forge", ["kind": .string(kind)]).json["status"] == 200)
                tokens.insert(sandbox.receiver.got.last?.authorization ?? "")
            }
            #expect(tokens.count == 6 && tokens.contains(""))
            _ = try await sandbox.post("/sandbox/accounts/gupshup/forge", ["kind": "upper_case"])
            #expect(sandbox.receiver.got.last?.headers.first { $0.name.canonicalName == "x-webhook-secret" }?.value == "HOOK1")
            #expect(try await sandbox.post("/sandbox/accounts/generic/forge", ["kind": "wrong"]).status == 409)
        }
    }

    @Test func `the page says through whom a phone is written to`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            _ = try await sandbox.meta()
            _ = try await sandbox.send(["to": "37060000002"])
            let page = try await sandbox.get("/").text
            #expect(page.contains("Written to through </span>Meta") && page.contains("Written to through </span>Vonage"))
        }
    }

    @Test func `a reply goes to the account that wrote last`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            try await sandbox.openGeneric()
            _ = try await sandbox.meta()
            _ = try await sandbox.generic()
            try await sandbox.settle()
            try await sandbox.reply(["text": "Hi"])
            try await sandbox.settle()
            #expect(sandbox.receiver.got.last?.json["wabaNumber"] == "37052000001")
        }
    }
}
