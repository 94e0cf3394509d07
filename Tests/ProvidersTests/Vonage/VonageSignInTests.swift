import Core
import JWTKit
import Providers
import Testing
import WhatsApp

private let now = Timestamp(seconds: 1_793_613_600)

/// How requests are signed in to; the tokens are read with jwt-kit, which did not make them.
@Suite struct VonageSignInTests {
    let provider = VonageProvider()

    private struct Claims: JWTPayload {
        let application_id: String
        let iat: Int
        let exp: Int
        let jti: String
        func verify(using algorithm: some JWTAlgorithm) {}
    }

    private func authorization(
        _ credentials: Credentials = .vonageApplication, id: MessageID = .ours, at time: Timestamp = now, by provider: VonageProvider? = nil
    ) throws -> String {
        let message = OutboundMessage(id: id, to: .phone(.ona), content: .text(TextMessage("Hello")))
        let request = try (provider ?? self.provider).request(for: message, over: .vonage(credentials), at: time)
        return try #require(request.headers["authorization"])
    }

    private func claims(_ authorization: String) async throws -> Claims {
        let key = try Insecure.RSA.PublicKey(pem: VonageKeys.publicKey)
        let keys = await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256)
        #expect(authorization.hasPrefix("Bearer "))
        return try await keys.verify(String(authorization.dropFirst(7)), as: Claims.self)
    }

    @Test(arguments: [0, 1, 299, 300, 301, 86_400] as [Int64])
    func `an application signs in with a token that is valid for ten minutes at least`(seconds: Int64) async throws {
        let time = now + .seconds(seconds)
        let claims = try await claims(authorization(at: time))
        #expect(claims.application_id == VonageToken.application)
        #expect(claims.exp - claims.iat == 900)
        #expect(Int64(claims.iat) <= time.seconds && Int64(claims.exp) - time.seconds >= 600)
        #expect(claims.jti.count == 32)
    }

    @Test(arguments: [VonageKeys.pkcs1, VonageKeys.oneLine, VonageKeys.carriageReturns])
    func `the same key in another form gives the same token`(key: String) throws {
        let other = Credentials(["application_id": VonageToken.application, "private_key": key])
        #expect(try authorization(other) == authorization())
    }

    @Test func `the same moment gives the same token, whatever was signed before`() throws {
        let first = try authorization()
        #expect(try authorization(id: MessageID(rawValue: 8), at: now + .seconds(299)) == first)
        #expect(try authorization(at: now + .seconds(300)) != first)
        #expect(try authorization() == first)
        #expect(try authorization(by: VonageProvider()) == first)
    }

    @Test func `two applications do not share a token`() throws {
        for number in 0..<300 {
            let other = Credentials(["application_id": "application-\(number)", "private_key": VonageKeys.pkcs8])
            #expect(try authorization(other) != authorization())
        }
    }

    @Test func `the application comes before the account`() throws {
        let both = Credentials([
            "api_key": "a1b2c3d4", "api_secret": "s3cret", "application_id": VonageToken.application, "private_key": VonageKeys.pkcs8,
        ])
        #expect(try authorization(both) == authorization())
        let half = Credentials(["api_key": "a1b2c3d4", "api_secret": "s3cret", "application_id": VonageToken.application])
        #expect(try authorization(half) == "Basic YTFiMmMzZDQ6czNjcmV0")
    }

    @Test func `a request shows no secret when it is printed`() throws {
        let request = try provider.request(
            for: .toOna(.text(TextMessage("Hello"))), over: .vonage(.vonageApplication), at: now)
        #expect("\(request) \(String(reflecting: provider))".contains("Bearer") == false)
        var text = ""
        dump(request, to: &text)
        dump(provider, to: &text)
        #expect(!text.contains("Bearer") && !text.contains("PRIVATE KEY"))
    }
}
