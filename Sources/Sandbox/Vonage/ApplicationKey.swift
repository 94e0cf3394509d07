import Crypto
import CryptoExtras
import Foundation

/// The public half of an application's RSA key, to check its tokens.
struct ApplicationKey: Hashable, Sendable {
    private let key: _RSA.Signing.PublicKey
    /// As SubjectPublicKeyInfo (RFC 5280), which is the same for the same key.
    private let bytes: Data

    /// Reads PEM: a key pair (PKCS #8 or PKCS #1) or a public key, of at least 2,048 bits. In one line, line breaks are
    /// written as `\n`. Nil for anything else.
    init?(pem: String) {
        let text = pem.replacing(#"\n"#, with: "\n")
        let pair = try? _RSA.Signing.PrivateKey(pemRepresentation: text)
        guard let key = try? pair?.publicKey ?? _RSA.Signing.PublicKey(pemRepresentation: text) else { return nil }
        (self.key, bytes) = (key, key.derRepresentation)
    }

    /// Whether this is a signature of the message by RS256 (RFC 7518).
    func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
    }

    static func == (a: ApplicationKey, b: ApplicationKey) -> Bool { a.bytes == b.bytes }
    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
