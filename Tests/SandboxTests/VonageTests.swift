import Core
import HTTPTypes
import HummingbirdTesting
import JWTKit
import NIOCore
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(2)))
struct VonageTests {
    private struct Claims: JWTPayload {
        var application_id: String
        var iat: Int64
        var exp: Int64
        var jti: String? = "1"
        func verify(using algorithm: some JWTAlgorithm) throws {}
    }

    private static let now: Int64 = 1_800_000_000

    private static func token(_ claims: Claims, by algorithm: String = "RS256") async throws -> String {
        let keys = JWTKeyCollection()
        let key = try Insecure.RSA.PrivateKey(pem: TestKeys.pkcs8)
        switch algorithm {
        case "RS512": await keys.add(rsa: key, digestAlgorithm: .sha512)
        case "HS256": await keys.add(hmac: HMACKey(from: TestKeys.publicHalf), digestAlgorithm: .sha256)
        default: await keys.add(rsa: key, digestAlgorithm: .sha256)
        }
        return try await keys.sign(claims)
    }

    private static func credentials(_ pem: String = TestKeys.pkcs8) -> JSONValue {
        [
            "api_key": "abc", "api_secret": "xyz", "signature_secret": "0123456789abcdef0123456789abcdef", "application_id": "app-7",
            "private_key": .string(pem),
        ]
    }

    @Test func `an application's token does in the place of a password`() async throws {
        try await SandboxUnderTest.run(clock: .fixed(Timestamp(seconds: Self.now))) { sandbox in
            try await sandbox.open("vonage", Self.credentials(), number: nil, key: "tokens")
            let good = try await Self.token(Claims(application_id: "app-7", iat: Self.now, exp: Self.now + 900))
            #expect(try await sandbox.send(authorization: "Bearer \(good)").status == 202)
            #expect(try await sandbox.send(authorization: "Bearer \(good)").status == 202)
            #expect(try await sandbox.send(authorization: "Basic YWJjOnh5eg==").status == 202)
            let old = try await Self.token(Claims(application_id: "app-7", iat: Self.now - 1000, exp: Self.now))
            let expired = try await sandbox.send(authorization: "Bearer \(old)")
            #expect(expired.status == 401 && expired.json["type"]?.string?.hasSuffix("#jwt-expired") == true)
            let wrong = [
                try await Self.token(Claims(application_id: "app-8", iat: Self.now, exp: Self.now + 900)),
                try await Self.token(Claims(application_id: "app-7", iat: Self.now + 3600, exp: Self.now + 7200)),
                try await Self.token(Claims(application_id: "app-7", iat: Self.now, exp: Self.now + 900, jti: nil)),
                try await Self.token(Claims(application_id: "app-7", iat: Self.now, exp: Self.now + 900, jti: "")),
                try await Self.token(Claims(application_id: "app-7", iat: Self.now, exp: Self.now + 900), by: "RS512"),
                try await Self.token(Claims(application_id: "app-7", iat: Self.now, exp: Self.now + 900), by: "HS256"),
                String(good.dropLast(8)) + "AAAAAAAA", "a.b.c",
            ]
            for token in wrong {
                let answer = try await sandbox.send(authorization: "Bearer \(token)")
                #expect(answer.status == 401 && answer.json["type"]?.string?.hasSuffix("#unauthorized") == true)
            }
            #expect(try await sandbox.log().filter { $0["status"] == 202 }.allSatisfy { $0["account"] == "tokens" })
        }
    }

    private struct CallbackClaims: JWTPayload {
        var api_key: String
        var application_id: String
        func verify(using algorithm: some JWTAlgorithm) throws {}
    }

    @Test func `callbacks name the application and the key of the credentials`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.open("vonage", Self.credentials(), number: nil, key: "tokens")
            _ = try await sandbox.send(authorization: "Basic YWJjOnh5eg==")
            try await sandbox.settle()
            let keys = JWTKeyCollection()
            await keys.add(hmac: HMACKey(from: "0123456789abcdef0123456789abcdef"), digestAlgorithm: .sha256)
            let token = try #require(sandbox.receiver.got.first?.authorization).dropFirst("Bearer ".count)
            let claims = try await keys.verify(String(token), as: CallbackClaims.self)
            #expect(claims.api_key == "abc" && claims.application_id == "app-7")
        }
    }

    @Test func `a key may be written in any of its forms`() throws {
        let keys = [TestKeys.pkcs8, TestKeys.pkcs1, TestKeys.publicHalf].map { ApplicationKey(pem: $0) }
        #expect(keys[0] != nil && keys[0] == keys[1] && keys[0] == keys[2])
        #expect(ApplicationKey(pem: TestKeys.pkcs8.replacing("\n", with: #"\n"#)) == keys[0])
        #expect(ApplicationKey(pem: TestKeys.pkcs8.replacing("\n", with: "\r\n")) == keys[0])
        #expect(Set(keys).count == 1)
        let other = ApplicationKey(pem: TestKeys.otherPublicHalf)
        #expect(other != nil && other != keys[0])
        let cut = TestKeys.pkcs8.split(separator: "\n").dropFirst().prefix(10).joined(separator: "\n")
        for text in ["", "-----BEGIN PRIVATE KEY-----", "AAAA", cut, TestKeys.shortPublicHalf] { #expect(ApplicationKey(pem: text) == nil) }
    }

    @Test func `a signature over other bytes is none`() async throws {
        let token = try await Self.token(Claims(application_id: "a", iat: 1, exp: 2))
        let parts = token.split(separator: ".")
        let key = try #require(ApplicationKey(pem: TestKeys.publicHalf))
        let signature = try #require(Base64.decodeForURL(parts[2]))
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        #expect(key.isSignature(signature, of: signed))
        #expect(!key.isSignature(signature, of: signed + [0]))
        #expect(!key.isSignature(Array(signature.dropLast()), of: signed))
        var bent = signature
        bent[100] ^= 1
        #expect(!key.isSignature(bent, of: signed))
    }

    @Test func `reactions, quotations and Meta's own objects are taken`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let context: JSONValue = ["message_uuid": "00000000-0000-4000-8000-000000000000"]
            let bodies: [[String: JSONValue]] = [
                ["message_type": "reaction", "reaction": ["action": "react", "emoji": "👍"], "context": context],
                ["message_type": "text", "text": "Hi", "context": context], ["message_type": "sticker", "sticker": ["id": "7"]],
                [
                    "message_type": "custom",
                    "custom": ["type": "location", "location": ["latitude": 54.5, "longitude": 25.5, "name": "Home"]],
                ],
                [
                    "message_type": "custom",
                    "custom": SandboxUnderTest.metaTemplate()["template"].map { ["type": "template", "template": $0] } ?? .null,
                ],
            ]
            for body in bodies { #expect(try await sandbox.send(body).status == 202, "\(JSONValue.object(body).text)") }
            let log = try await sandbox.log()
            #expect(log.map { $0["kind"] } == ["reaction", "text", "sticker", "location", "template"])
            #expect(log.map { $0["message_type"] } == ["reaction", "text", "sticker", "custom", "custom"])
            #expect(log[3]["text"] == "Home" && log[4]["template"] == "order_ready" && log[4]["parameters"] == ["Ona", "A-17"])
            let alone = try await sandbox.send(["message_type": "reaction", "reaction": ["action": "react", "emoji": "👍"]])
            #expect(alone.status == 422)
        }
    }

    private static func update(
        _ id: JSONValue?, _ body: JSONValue, in sandbox: SandboxUnderTest, authorization: String? = SandboxUnderTest.credentials
    ) async throws -> SandboxUnderTest.Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.authorization] = authorization
        let path = "/v1/messages/\(id?.string ?? "")"
        return try await sandbox.exchange(.init(path, method: .patch, headers: headers, body: ByteBuffer(bytes: body.bytes)))
    }

    @Test func `what a person wrote is marked as read`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.open("vonage", Self.credentials(), number: nil, key: "other")
            let sent = try await sandbox.send().json["message_uuid"]
            try await sandbox.reply(["text": "Hi"])
            try await sandbox.settle()
            // What the phone does with our message is told too, in no order with the reply.
            let id = try #require(sandbox.receiver.got.last { $0.json["message_type"] != nil }?.json["message_uuid"])
            let read: JSONValue = ["status": "read", "replying_indicator": ["show": true, "type": "text"]]
            let answer = try await Self.update(id, read, in: sandbox)
            #expect(answer.status == 200 && answer.text.isEmpty)
            #expect(try await Self.update(id, ["status": "read", "replying_indicator": nil], in: sandbox).status == 200)
            for unknown in [sent, "00000000-0000-4000-8000-000000000000", "x"] {
                let answer = try await Self.update(unknown, ["status": "read"], in: sandbox)
                #expect(answer.status == 404 && answer.type == "application/problem+json")
                #expect(answer.json["type"]?.string?.hasSuffix("#not-found") == true)
            }
            #expect(try await Self.update(id, read, in: sandbox, authorization: "Basic YWJjOnh5eg==").status == 404)
            #expect(try await Self.update(id, read, in: sandbox, authorization: nil).status == 401)
            #expect(try await sandbox.get("/sandbox/requests/summary").json["requests"] == 1)
        }
    }

    @Test(
        arguments: [
            (["status": "revoked"], "status"), ([:], "status"), (["status": "seen"], "status"),
            (["status": "read", "replying_indicator": ["type": "text"]], "replying_indicator.show"),
            (["status": "read", "replying_indicator": ["show": true, "type": "voice"]], "replying_indicator.type"),
        ] as [(JSONValue, String)])
    func `what cannot be changed of a message is refused`(body: JSONValue, name: String) async throws {
        try await SandboxUnderTest.run { sandbox in
            _ = try await sandbox.send()
            try await sandbox.reply(["text": "Hi"])
            try await sandbox.settle()
            let answer = try await Self.update(sandbox.receiver.got.last?.json["message_uuid"], body, in: sandbox)
            #expect(answer.status == 422)
            #expect(answer.json["invalid_parameters"]?.array?.map { $0["name"]?.string } == [name])
        }
    }

    static let replies: [(reply: JSONValue, type: String, key: String, value: JSONValue)] = [
        (["list": ["id": "t9", "title": "9:00"]], "reply", "reply", ["id": "t9", "title": "9:00"]),
        (["location": ["latitude": 54.5, "longitude": 25.5]], "location", "location", ["lat": 54.5, "long": 25.5]),
        (["reaction": ""], "reaction", "reaction", ["action": "unreact"]),
        (["reaction": "👍"], "reaction", "reaction", ["action": "react", "emoji": "👍"]),
        (
            ["media": "https://api-eu.vonage.com/v3/media/1", "media_kind": "video"], "video", "video",
            ["url": "https://api-eu.vonage.com/v3/media/1"]
        ),
        (
            ["media": "https://api-eu.vonage.com/v3/media/a.pdf", "media_kind": "document", "caption": "A"], "file", "file",
            ["url": "https://api-eu.vonage.com/v3/media/a.pdf", "name": "a.pdf", "caption": "A"]
        ),
        (
            ["media": "https://api-eu.vonage.com/v3/media/2", "media_kind": "voice"], "audio", "audio",
            ["url": "https://api-eu.vonage.com/v3/media/2"]
        ),
    ]

    @Test func `what people write has Vonage's shapes`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let id = try await sandbox.send().json["message_uuid"]
            try await sandbox.settle()
            for (reply, type, key, value) in Self.replies {
                try await sandbox.reply(reply)
                try await sandbox.settle()
                let last = try #require(sandbox.receiver.got.last)
                #expect(last.path == "/inbound" && last.json["message_type"]?.string == type && last.json[key] == value, "\(last.text)")
                let belongsToAMessage = type == "reply" || type == "reaction"
                #expect(last.json["context"]?["message_uuid"] == (belongsToAMessage ? id : nil))
                #expect(last.json["document"] == nil && last.json["voice"] == nil)
            }
            try await sandbox.reply(["unsupported": true])
            try await sandbox.reply(["contact": ["name": "A B", "phone": "37060000002"]])
            try await sandbox.settle()
            #expect(Set(sandbox.receiver.got.suffix(2).map { $0.json["message_type"] }) == ["unsupported", "contact"])
        }
    }
}
