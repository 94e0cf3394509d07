import Core
import CoreTesting
import Crypto
import Foundation
import JWTKit
import Providers
import Testing
import WhatsApp

private let now = Timestamp(seconds: 1_793_613_600)

/// One way to spoil a call that would otherwise be genuine.
struct SignatureCase: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var isGenuine = false
    var age: Duration = .seconds(1)
    var spoil: @Sendable (inout VonageToken) -> Void = { _ in }
    var header: @Sendable (String) -> String? = { "Bearer " + $0 }
    var body: @Sendable (inout [UInt8]) -> Void = { _ in }
}

private func unsigned(_ token: String) -> String { token.split(separator: ".").prefix(2).joined(separator: ".") }

extension VonageToken {
    fileprivate mutating func changeHash(_ change: (String) -> String) {
        claims["payload_hash"] = claims["payload_hash"]?.string.map { .string(change($0)) }
    }
}

private let cases: [SignatureCase] = [
    SignatureCase(testDescription: "fresh", isGenuine: true),
    SignatureCase(testDescription: "small letters in the scheme", isGenuine: true, header: { "bearer " + $0 }),
    SignatureCase(testDescription: "retried after 23 hours", isGenuine: true, age: .seconds(23 * 3600)),
    SignatureCase(testDescription: "24 hours and 5 minutes old", isGenuine: true, age: .seconds(24 * 3600 + 300)),
    SignatureCase(testDescription: "a second older", age: .seconds(24 * 3600 + 301)),
    SignatureCase(testDescription: "a clock 5 minutes ahead", isGenuine: true, age: .seconds(-300)),
    SignatureCase(testDescription: "a second further", age: .seconds(-301)),
    SignatureCase(testDescription: "no application", isGenuine: true, spoil: { $0.claims["application_id"] = nil }),
    SignatureCase(testDescription: "fraction of a second", isGenuine: true, spoil: { $0.claims["iat"] = 1_793_613_599.5 }),
    SignatureCase(testDescription: "expired by a claim that Vonage does not make", isGenuine: true, spoil: { $0.claims["exp"] = 1 }),
    SignatureCase(testDescription: "no header", header: { _ in nil }),
    SignatureCase(testDescription: "empty header", header: { _ in "" }),
    SignatureCase(testDescription: "scheme only", header: { _ in "Bearer" }),
    SignatureCase(testDescription: "scheme and space", header: { _ in "Bearer " }),
    SignatureCase(testDescription: "no scheme", header: { $0 }),
    SignatureCase(testDescription: "other scheme", header: { "Basic " + $0 }),
    SignatureCase(testDescription: "two spaces", header: { "Bearer  " + $0 }),
    SignatureCase(testDescription: "something after it", header: { "Bearer \($0) x" }),
    SignatureCase(testDescription: "truncated", header: { "Bearer " + $0.dropLast() }),
    SignatureCase(testDescription: "without signature", header: { "Bearer " + unsigned($0) }),
    SignatureCase(testDescription: "with empty signature", header: { "Bearer \(unsigned($0))." }),
    SignatureCase(testDescription: "four parts", header: { "Bearer \($0).AA" }),
    SignatureCase(testDescription: "padded", header: { "Bearer \($0)=" }),
    SignatureCase(testDescription: "very long", header: { "Bearer \($0)" + String(repeating: "A", count: 5000) }),
    SignatureCase(testDescription: "other secret", spoil: { $0.secret = "0123456789abcdef0123456789abcdeF" }),
    SignatureCase(testDescription: "the API secret instead", spoil: { $0.secret = "s3cret-s3cret" }),
    SignatureCase(testDescription: "empty secret", spoil: { $0.secret = "" }),
    SignatureCase(testDescription: "alg none", spoil: { $0.algorithm = "none" }),
    SignatureCase(testDescription: "alg none, signed all the same", spoil: { $0.header = ["alg": "none", "typ": "JWT"] }),
    SignatureCase(testDescription: "alg HS512", spoil: { $0.algorithm = "HS512" }),
    SignatureCase(testDescription: "alg HS512 over an HS256 signature", spoil: { $0.header = ["alg": "HS512"] }),
    SignatureCase(testDescription: "alg in small letters", spoil: { $0.header = ["alg": "hs256"] }),
    SignatureCase(testDescription: "alg missing", spoil: { $0.header = ["typ": "JWT"] }),
    SignatureCase(testDescription: "alg a list", spoil: { $0.header = ["alg": ["HS256"]] }),
    SignatureCase(testDescription: "unknown critical field", spoil: { $0.header = ["alg": "HS256", "crit": ["b64"], "b64": false] }),
    SignatureCase(testDescription: "other issuer", spoil: { $0.claims["iss"] = "vonage" }),
    SignatureCase(testDescription: "no issuer", spoil: { $0.claims["iss"] = nil }),
    SignatureCase(testDescription: "other account", spoil: { $0.claims["api_key"] = "a1b2c3d5" }),
    SignatureCase(testDescription: "no account", spoil: { $0.claims["api_key"] = nil }),
    SignatureCase(testDescription: "no hash", spoil: { $0.claims["payload_hash"] = nil }),
    SignatureCase(testDescription: "empty hash", spoil: { $0.claims["payload_hash"] = "" }),
    SignatureCase(testDescription: "upper-case hash", spoil: { $0.changeHash { $0.uppercased() } }),
    SignatureCase(testDescription: "prefixed hash", spoil: { $0.changeHash { "sha256=" + $0 } }),
    SignatureCase(testDescription: "truncated hash", spoil: { $0.changeHash { String($0.dropLast()) } }),
    SignatureCase(testDescription: "no time", spoil: { $0.claims["iat"] = nil }),
    SignatureCase(testDescription: "time as text", spoil: { $0.claims["iat"] = "1793613599" }),
    SignatureCase(testDescription: "time in milliseconds", spoil: { $0.claims["iat"] = 1_793_613_599_000 }),
    SignatureCase(testDescription: "time beyond reason", spoil: { $0.claims["iat"] = 1e300 }),
    SignatureCase(testDescription: "body with one byte changed", body: { $0[10] ^= 1 }),
    SignatureCase(testDescription: "body with a space more", body: { $0.append(0x20) }),
    SignatureCase(testDescription: "body cut by a byte", body: { $0.removeLast() }),
    SignatureCase(testDescription: "empty body", body: { $0 = [] }),
]

@Suite struct VonageSignatureTests {
    let provider = VonageProvider()

    @Test(arguments: cases)
    func `only a genuine call is verified`(signature: SignatureCase) async throws {
        var body = try ProviderCases.vonage.bytes("status-delivered")
        var token = VonageToken(for: body, issuedAt: now - signature.age)
        signature.spoil(&token)
        signature.body(&body)
        let webhook = WebhookRequest(authorization: signature.header(token.text), body: body)
        #expect(await provider.verify(webhook, over: .vonage, at: now) == signature.isGenuine)
    }

    @Test func `a token made with jwt-kit is taken, too`() async throws {
        struct Claims: JWTPayload {
            var iss = "Vonage"
            var api_key = "a1b2c3d4"
            var iat = now.seconds
            var payload_hash: String
            func verify(using algorithm: some JWTAlgorithm) {}
        }
        let body = Array("{}".utf8)
        let keys = await JWTKeyCollection().add(hmac: HMACKey(from: VonageToken.secret), digestAlgorithm: .sha256)
        let token = try await keys.sign(Claims(payload_hash: SHA256.hash(data: body).hexadecimal))
        #expect(await provider.verify(WebhookRequest(authorization: "Bearer " + token, body: body), over: .vonage, at: now))
    }

    @Test(arguments: [
        [:], ["signature_secret": VonageToken.secret], ["api_key": "a1b2c3d4"], ["application_id": VonageToken.application],
        ["api_key": "a1b2c3d4", "signature_secret": "s3cret"],
        ["api_key": "a1b2c3d4", "signature_secret": String(VonageToken.secret.dropLast())],
    ])
    func `without a proper secret and a name to compare nothing is genuine`(credentials: [String: String]) async {
        var token = VonageToken(for: [], issuedAt: now)
        token.secret = credentials["signature_secret"] ?? ""
        let call = WebhookRequest(authorization: "Bearer " + token.text, body: [])
        #expect(await !provider.verify(call, over: .vonage(Credentials(credentials)), at: now))
    }

    /// What the channel knows, what the token names besides `api_key`, and whether the call is taken.
    @Test(
        arguments: [
            (["api_key": "a1b2c3d4", "application_id": VonageToken.application], VonageToken.application, true),
            (["api_key": "a1b2c3d4", "application_id": VonageToken.application], nil, true),
            (["api_key": "a1b2c3d4", "application_id": VonageToken.application], "aaaaaaaa-bbbb-cccc-dddd-0123456789ac", false),
            (["api_key": "a1b2c3d5", "application_id": VonageToken.application], VonageToken.application, false),
            (["application_id": VonageToken.application], VonageToken.application, true),
            (["application_id": VonageToken.application], "aaaaaaaa-bbbb-cccc-dddd-0123456789ac", false),
            (["application_id": VonageToken.application], "", false),
            (["application_id": VonageToken.application], nil, false),
        ] as [([String: String], String?, Bool)])
    func `a call names the account and the application that the channel knows`(
        known: [String: String], application: String?, isGenuine: Bool
    ) async {
        let credentials = Credentials(known.merging(["signature_secret": VonageToken.secret], uniquingKeysWith: { $1 }))
        var token = VonageToken(for: [], issuedAt: now)
        token.claims["application_id"] = application.map(JSONValue.string)
        let call = WebhookRequest(authorization: "Bearer " + token.text, body: [])
        #expect(await provider.verify(call, over: .vonage(credentials), at: now) == isGenuine)
    }

    @Test func `a token that proved one body proves no other`() async throws {
        let (body, other) = (try ProviderCases.vonage.bytes("status-delivered"), try ProviderCases.vonage.bytes("status-rejected"))
        let header = "Bearer " + VonageToken(for: body, issuedAt: now).text
        #expect(await provider.verify(WebhookRequest(authorization: header, body: body), over: .vonage, at: now))
        #expect(await provider.verify(WebhookRequest(authorization: header, body: body), over: .vonage, at: now + .seconds(60)))
        #expect(await !provider.verify(WebhookRequest(authorization: header, body: other), over: .vonage, at: now))
    }

    @Test(arguments: [9, 10] as [UInt64])
    func `a damaged call is not verified`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let body = try ProviderCases.vonage.bytes("status-delivered")
        let header = "Bearer " + VonageToken(for: body, issuedAt: now).text
        for _ in 0..<500 {
            let otherBody = generator.mutate(body)
            let call = WebhookRequest(authorization: header, body: otherBody)
            #expect(await provider.verify(call, over: .vonage, at: now) == (otherBody == body))
            let otherHeader = String(decoding: generator.mutate(Array(header.utf8)), as: UTF8.self)
            let isSame = otherHeader.dropFirst(6) == header.dropFirst(6) && otherHeader.prefix(6).lowercased() == "bearer"
            let forged = WebhookRequest(authorization: otherHeader, body: body)
            #expect(await provider.verify(forged, over: .vonage, at: now) == isSame)
        }
    }
}
