import Core
import Crypto

/// The proof that a callback comes from the vendor: a JSON Web Token, HS256 under the account's signature secret, that
/// carries the SHA-256 of the body's bytes (developer.vonage.com, signed webhooks).
struct CallbackSignature: Sendable {
    private static let header = Base64.encodeForURL(#"{"alg":"HS256","typ":"JWT"}"#.utf8)

    let clock: WallClock
    let random: Randomness

    /// The value of `Authorization`. Every attempt gets a token of its own.
    func authorization(for body: [UInt8], account: SandboxAccount) -> String {
        token(hash: SHA256.hash(data: body).hexadecimal, account, secret: account.signatureSecret)
    }

    /// The same, or a wrong one; nil for none.
    func authorization(for body: [UInt8], account: SandboxAccount, proof: Proof) -> String? {
        guard case .forged(let forgery, let secret) = proof else { return authorization(for: body, account: account) }
        switch forgery {
        case .missing: return nil
        case .wrong, .otherAccount: return token(hash: SHA256.hash(data: body).hexadecimal, account, secret: secret)
        case .truncated: return String(authorization(for: body, account: account).dropLast())
        case .upperCase:
            return token(hash: SHA256.hash(data: body).hexadecimal.uppercased(), account, secret: account.signatureSecret)
        case .replayed: return authorization(for: body + [UInt8(ascii: " ")], account: account)
        }
    }

    private func token(hash: String, _ account: SandboxAccount, secret: String) -> String {
        var claims: [String: JSONValue] = [
            "iss": "Vonage", "api_key": .string(account.vonage?.apiKey ?? account.key), "iat": .int(clock.now().seconds),
            "jti": .string(MessageUUID(random).description), "payload_hash": .string(hash),
        ]
        if let application = account.vonage?.applicationID { claims["application_id"] = .string(application) }
        let signed = Self.header + [UInt8(ascii: ".")] + Base64.encodeForURL(JSONValue.object(claims).bytes)
        let code = Base64.encodeForURL(HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Array(secret.utf8))))
        return "Bearer " + String(decoding: signed + [UInt8(ascii: ".")] + code, as: UTF8.self)
    }
}
