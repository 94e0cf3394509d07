import Core
import Crypto

/// `X-Hub-Signature-256`: HMAC-SHA256 of the body's bytes under the app's secret, in lower-case hexadecimal.
enum MetaSignature {
    /// Nil for none.
    static func header(for body: [UInt8], secret: String, proof: Proof) -> String? {
        guard case .forged(let forgery, let other) = proof else { return header(for: body, secret) }
        switch forgery {
        case .missing: return nil
        case .wrong, .otherAccount: return header(for: body, other)
        case .truncated: return String(header(for: body, secret).dropLast())
        case .upperCase: return "sha256=" + code(body, secret).uppercased()
        case .replayed: return header(for: body + [UInt8(ascii: " ")], secret)
        }
    }

    private static func header(for body: [UInt8], _ secret: String) -> String { "sha256=" + code(body, secret) }

    private static func code(_ body: [UInt8], _ secret: String) -> String {
        HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8))).hexadecimal
    }
}

/// The question that Meta asks a callback when it is set up.
enum MetaChallenge {
    static func url(_ address: String, token: String, challenge: UInt64) -> String {
        let query = FormText.encode([("hub.mode", "subscribe"), ("hub.verify_token", token), ("hub.challenge", "\(challenge)")])
        return address + (address.contains("?") ? "&" : "?") + query
    }
}
