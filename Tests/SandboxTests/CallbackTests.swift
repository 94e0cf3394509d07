import Core
import HTTPTypes
import JWTKit
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(2)))
struct CallbackTests {
    private struct Claims: JWTPayload {
        let iss: String
        let api_key: String
        let iat: Int
        let jti: String
        let payload_hash: String
        func verify(using algorithm: some JWTAlgorithm) throws {}
    }

    @Test func `a status has the documented body`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let id = try await sandbox.send().json["message_uuid"]
            try await sandbox.settle()
            #expect(sandbox.receiver.got.map(\.path) == ["/status", "/status", "/status"])
            #expect(sandbox.receiver.statuses == ["submitted", "delivered", "read"])
            let body = try #require(sandbox.receiver.got.last?.json)
            #expect(body["message_uuid"] == id)
            #expect(body["to"] == "37060000001" && body["from"] == "37052000000" && body["channel"] == "whatsapp")
            #expect(body["client_ref"] == "m1")
            #expect(body["usage"]?["currency"] == "EUR" && body["usage"]?["price"]?.string != nil)
            #expect(body["whatsapp"]?["pricing"]?["category"] == "marketing")
            #expect(body["whatsapp"]?["conversation"]?["origin"]?["type"] == "marketing")
            let time = try #require(body["timestamp"]?.string)
            #expect(time.utf8.count == 24 && Timestamp(iso8601: time) != nil)
        }
    }

    private func claims(of authorization: String?) async throws -> Claims {
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: SandboxUnderTest.account.signatureSecret), digestAlgorithm: .sha256)
        let header = try #require(authorization)
        #expect(header.hasPrefix("Bearer "))
        return try await keys.verify(String(header.dropFirst("Bearer ".count)), as: Claims.self)
    }

    @Test func `the payload hash is SHA-256 in lower-case hexadecimal`() async throws {
        let signature = CallbackSignature(clock: .fixed(Timestamp(seconds: 1_800_000_000)), random: .seeded(1))
        let claims = try await claims(of: signature.authorization(for: Array("abc".utf8), account: SandboxUnderTest.account))
        // The vector of FIPS 180-4 for "abc".
        #expect(claims.payload_hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(claims.iss == "Vonage" && claims.api_key == "key" && claims.iat == 1_800_000_000)
    }

    @Test func `a callback is signed over its very bytes, each with a token of its own`() async throws {
        try await SandboxUnderTest.run { sandbox in
            _ = try await sandbox.send(["client_ref": "žuvis \"/\" 🐟"])
            try await sandbox.settle()
            let again = CallbackSignature(clock: .system, random: .seeded(1))
            var tokens: Set<String> = []
            for callback in sandbox.receiver.got {
                let claims = try await claims(of: callback.authorization)
                let expected = try await self.claims(of: again.authorization(for: callback.bytes, account: SandboxUnderTest.account))
                #expect(claims.payload_hash == expected.payload_hash)
                tokens.insert(claims.jti)
            }
            #expect(tokens.count == 3)
        }
    }

    @Test(
        arguments: [
            (["deliver_rate": 0, "read_rate": 1, "reply_rate": 1], ["submitted"], 0),
            (["deliver_rate": 1, "read_rate": 0, "reply_rate": 1], ["submitted", "delivered"], 0),
            (["deliver_rate": 1, "read_rate": 1, "reply_rate": 0], ["submitted", "delivered", "read"], 0),
            (["deliver_rate": 1, "read_rate": 1, "reply_rate": 1], ["submitted", "delivered", "read"], 1),
            (["undeliverable_rate": 1], ["submitted", "undeliverable"], 0),
        ] as [(JSONValue, [String], Int)])
    func `rates of 0 and 1 are exact`(behaviour: JSONValue, statuses: [String], replies: Int) async throws {
        try await SandboxUnderTest.run(behaviour) { sandbox in
            for number in 1...20 { _ = try await sandbox.send(["to": .string("3706000\(1000 + number)")]) }
            try await sandbox.settle()
            let byMessage = Dictionary(grouping: sandbox.receiver.got.filter { $0.path == "/status" }) { $0.json["message_uuid"] }
            #expect(byMessage.count == 20)
            #expect(byMessage.values.allSatisfy { $0.compactMap(\.status) == statuses })
            #expect(sandbox.receiver.got.filter { $0.path == "/inbound" }.count == 20 * replies)
        }
    }

    @Test func `a failed status says why`() async throws {
        let behaviour: JSONValue = ["undeliverable_rate": 1, "fail_error": ["title": 1240, "detail": "Opted out", "status": "rejected"]]
        try await SandboxUnderTest.run(behaviour) { sandbox in
            _ = try await sandbox.send()
            try await sandbox.settle()
            let body = try #require(sandbox.receiver.got.last?.json)
            #expect(body["status"] == "rejected" && body["usage"] == nil)
            #expect(body["error"]?["title"] == 1240 && body["error"]?["detail"] == "Opted out")
            #expect(body["error"]?["type"]?.string?.hasSuffix("#1240") == true)
        }
    }

    @Test func `a reply that quotes carries the message and its reference`() async throws {
        try await SandboxUnderTest.run(["reply_rate": 1, "quote_rate": 1, "reply_texts": ["Ačiū"]]) { sandbox in
            let id = try await sandbox.send().json["message_uuid"]
            try await sandbox.settle()
            let body = try #require(sandbox.receiver.got.first { $0.path == "/inbound" }?.json)
            #expect(body["message_type"] == "text" && body["text"] == "Ačiū" && body["channel"] == "whatsapp")
            #expect(body["from"] == "37060000001" && body["to"] == "37052000000")
            #expect(body["context_status"] == "available" && body["context"]?["message_uuid"] == id)
            #expect(body["context"]?["message_from"] == "37052000000" && body["client_ref"] == "m1")
            #expect(body["message_uuid"] != id && body["profile"]?["name"]?.string?.isEmpty == false)
        }
    }

    @Test func `duplicates are the same callback twice`() async throws {
        try await SandboxUnderTest.run(["duplicate_rate": 1, "reply_rate": 1]) { sandbox in
            _ = try await sandbox.send()
            try await sandbox.settle()
            #expect(sandbox.receiver.got.count == 8)
            #expect(Set(sandbox.receiver.got.map(\.bytes)).count == 4)
        }
    }

    @Test func `shuffled callbacks come in every order with true time stamps`() async throws {
        try await SandboxUnderTest.run(["shuffle": true, "deliver_delay_ms": 1, "read_delay_ms": 1]) { sandbox in
            for number in 1...60 { _ = try await sandbox.send(["client_ref": .string("m\(number)")]) }
            try await sandbox.settle()
            let byMessage = Dictionary(grouping: sandbox.receiver.got) { $0.json["message_uuid"] }
            #expect(Set(byMessage.values.map { $0.compactMap(\.status) }).count == 6)
            for callbacks in byMessage.values {
                let byTime = callbacks.sorted { ($0.json["timestamp"]?.string ?? "") < ($1.json["timestamp"]?.string ?? "") }
                #expect(byTime.compactMap(\.status) == ["submitted", "delivered", "read"])
            }
        }
    }

    @Test func `an early callback is received before the answer`() async throws {
        try await SandboxUnderTest.run(["early_callbacks": true, "deliver_delay_ms": 60_000]) { sandbox in
            let id = try await sandbox.send().json["message_uuid"]
            #expect(sandbox.receiver.got.map(\.status) == ["submitted"])
            #expect(sandbox.receiver.got.first?.json["message_uuid"] == id)
        }
    }

    @Test func `a callback is posted again after 429, 5xx, not after 4xx`() async throws {
        try await SandboxUnderTest.run(["deliver_rate": 0]) { sandbox in
            sandbox.receiver.answer([.tooManyRequests, .serviceUnavailable, .ok])
            _ = try await sandbox.send()
            try await sandbox.settle()
            #expect(sandbox.receiver.statuses == ["submitted", "submitted", "submitted"])
            sandbox.receiver.answer([.badRequest])
            _ = try await sandbox.send()
            try await sandbox.settle()
            #expect(sandbox.receiver.statuses.count == 4)
            let callbacks = try await sandbox.get("/sandbox/requests/summary").json["callbacks"]
            #expect(callbacks?["delivered"] == 1 && callbacks?["retried"] == 2 && callbacks?["dropped"] == 1)
        }
    }

    @Test func `callbacks that nobody receives are given up in the end`() async throws {
        try await SandboxUnderTest.run(["deliver_rate": 0, "callback_retry_scale": 0.000001]) { sandbox in
            let account: JSONValue = [
                "key": "key", "secret": "secret", "signature_secret": "0123456789abcdef0123456789abcdef",
                "callbacks": ["status": "http://127.0.0.1:1/closed"],
            ]
            _ = try await sandbox.post("/sandbox/accounts", account)
            _ = try await sandbox.send()
            try await sandbox.settle()
            #expect(try await sandbox.get("/sandbox/requests/summary").json["callbacks"]?["dropped"] == 1)
        }
    }
}
