import Core
import Crypto
import JWTKit
import WhatsApp

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Proves that a webhook is Vonage's own: a JSON web token in `Authorization: Bearer`, signed with the account's
/// signature secret by HMAC-SHA256, that carries a hash of the body. The vendor's SDKs check the signature alone; without
/// the hash a token that somebody caught would prove any body (developer.vonage.com/en/getting-started/concepts/webhooks).
struct VonageSignature {
    static let secretLength = 32...512
    /// Vonage repeats a failed call for 24 hours and does not say whether with a fresh token; five minutes for clocks.
    private static let maximumAge = 24.0 * 3600 + 300
    private static let clockSkew = 300.0

    private let secret: String
    private let apiKey: String?
    private let applicationID: String?

    /// Nil when the credentials do not allow any proof; then no call is genuine.
    init?(_ credentials: Credentials) {
        (apiKey, applicationID) = (credentials["api_key"], credentials["application_id"])
        guard let secret = credentials["signature_secret"], apiKey != nil || applicationID != nil,
            secret.utf8.count >= Self.secretLength.lowerBound  // a shorter key stops jwt-kit with an assertion
        else { return nil }
        self.secret = secret
    }

    func proves(_ webhook: WebhookRequest, at now: Timestamp) async -> Bool {
        guard let token = Token(authorization: webhook["authorization"]), token.isHS256 else { return false }
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256)
        guard let claims = try? await keys.verify(token.text, as: Claims.self) else { return false }
        return isOurs(claims) && equalInConstantTime(claims.payloadHash.utf8, SHA256.hash(data: webhook.body).hexadecimal.utf8)
            && isFresh(claims, at: now)
    }

    /// The account's key must be ours where we know it. The application may be left out by Vonage, unless it is all that
    /// we know.
    private func isOurs(_ claims: Claims) -> Bool {
        guard claims.issuer == "Vonage" else { return false }
        if let apiKey, !Self.isEqual(claims.apiKey, apiKey) { return false }
        guard let applicationID, apiKey == nil || claims.applicationID != nil else { return true }
        return Self.isEqual(claims.applicationID, applicationID)
    }

    private static func isEqual(_ claim: String?, _ known: String) -> Bool {
        claim.map { equalInConstantTime($0.utf8, known.utf8) } ?? false
    }

    private func isFresh(_ claims: Claims, at now: Timestamp) -> Bool {
        let age = Double(now.microseconds) / 1_000_000 - claims.issuedAt
        return age <= Self.maximumAge && age >= -Self.clockSkew
    }
}

extension VonageSignature {
    /// What the token says of itself. jwt-kit would judge times by the system's clock; it is given none to judge.
    private struct Claims: JWTPayload {
        let issuer: String
        let apiKey: String?
        let payloadHash: String
        let issuedAt: Double
        let applicationID: String?

        enum CodingKeys: String, CodingKey {
            case issuer = "iss"
            case apiKey = "api_key"
            case payloadHash = "payload_hash"
            case issuedAt = "iat"
            case applicationID = "application_id"
        }

        func verify(using algorithm: some JWTAlgorithm) {}
    }

    /// Three parts in strict base64url: no padding, no other alphabet, no stray bits at the end, so that one token has
    /// one spelling.
    private struct Token {
        let text: String
        private let header: JSONValue

        init?(authorization: String?) {
            guard let authorization, authorization.utf8.count <= 4096 else { return nil }
            let words = authorization.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
            let parts = words[1].split(separator: ".", omittingEmptySubsequences: false).map(Self.decoded)
            guard parts.count == 3, let first = parts[0], parts[1] != nil, parts[2] != nil,
                let header = try? JSONValue(parsing: Array(first))
            else { return nil }
            (text, self.header) = (String(words[1]), header)
        }

        /// Exactly this algorithm, and nothing in the header that we would have to understand (RFC 7515, 4.1.11).
        var isHS256: Bool { header["alg"] == "HS256" && header["crit"] == nil }

        private static func decoded(_ part: Substring) -> Data? {
            let standard = part.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
            guard !part.contains(where: { "+/=".contains($0) }), !part.isEmpty else { return nil }
            let padded = String(standard) + String(repeating: "=", count: (4 - part.utf8.count % 4) % 4)
            guard let data = Data(base64Encoded: padded), data.base64EncodedString() == padded else { return nil }
            return data
        }
    }
}
