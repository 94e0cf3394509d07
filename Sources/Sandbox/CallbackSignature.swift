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
        let claims: JSONValue = [
            "iss": "Vonage", "api_key": .string(account.key), "iat": .int(clock.now().seconds),
            "jti": .string(MessageUUID(random).description), "payload_hash": .string(SHA256.hash(data: body).hexadecimal),
        ]
        let signed = Self.header + [UInt8(ascii: ".")] + Base64.encodeForURL(claims.bytes)
        let key = SymmetricKey(data: Array(account.signatureSecret.utf8))
        let code = Base64.encodeForURL(HMAC<SHA256>.authenticationCode(for: signed, using: key))
        return "Bearer " + String(decoding: signed + [UInt8(ascii: ".")] + code, as: UTF8.self)
    }
}
