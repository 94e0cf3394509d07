import Core
import Crypto
import CryptoExtras
import Synchronization
import WhatsApp

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An application at Vonage and the private key with which it signs in (Vonage, "JSON Web Tokens").
struct VonageApplication: Hashable {
    /// How long Vonage's own libraries let a token live.
    private static let lifetime: Int64 = 900

    private let id: String
    private let privateKey: String

    /// Nil unless the channel has both.
    init?(_ credentials: Credentials) {
        guard let id = credentials["application_id"], let privateKey = credentials["private_key"] else { return nil }
        (self.id, self.privateKey) = (id, privateKey)
    }

    var hasReadableKey: Bool { key != nil }

    /// A token signed by RS256 that lives 15 minutes. RSA signatures of this kind have no chance in them: the same second
    /// gives the same token. Nil when the key cannot be read.
    func token(issuedAt seconds: Int64) -> String? {
        let header: JSONValue = ["alg": "RS256", "typ": "JWT"]
        let claims: JSONValue = [
            "application_id": .string(id), "iat": .int(seconds), "exp": .int(seconds + Self.lifetime),
            "jti": .string(SHA256.hash(data: Data("\(id) \(seconds)".utf8)).prefix(16).hexadecimal),
        ]
        let signed = Self.base64URL(header.bytes) + "." + Self.base64URL(claims.bytes)
        guard let signature = try? key?.signature(for: Data(signed.utf8), padding: .insecurePKCS1v1_5) else { return nil }
        return signed + "." + Self.base64URL(signature.rawRepresentation)
    }

    /// PKCS#8 or PKCS#1. Settings that have to fit one line write the line breaks as `\n`.
    private var key: _RSA.Signing.PrivateKey? {
        let lines = privateKey.split(separator: #"\n"#, omittingEmptySubsequences: false).joined(separator: "\n")
        return try? _RSA.Signing.PrivateKey(pemRepresentation: lines)
    }

    private static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
        String(Data(bytes).base64EncodedString().filter { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }
}

/// Signing costs about a millisecond, so a token is used for five minutes; it is issued at their beginning. To the caller
/// it makes no difference, because the same moment gives the same token with and without what is kept here.
final class VonageTokens: Sendable {
    private static let span: Int64 = 300
    private static let capacity = 256

    private struct Token {
        var issuedAt: Int64
        var text: String
    }

    private let kept = Mutex<[VonageApplication: Token]>([:])

    /// Nil when the key cannot be read.
    func token(for application: VonageApplication, at now: Timestamp) -> String? {
        let issuedAt = now.seconds - now.seconds % Self.span
        return kept.withLock { kept in
            if let token = kept[application], token.issuedAt == issuedAt { return token.text }
            guard let text = application.token(issuedAt: issuedAt) else { return nil }
            if kept.count >= Self.capacity { kept.removeAll() }
            kept[application] = Token(issuedAt: issuedAt, text: text)
            return text
        }
    }
}
