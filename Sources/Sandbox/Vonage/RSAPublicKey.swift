import Crypto
import Foundation

/// The public half of an RSA key, to check the tokens of applications. Nothing secret passes through it, so it takes no
/// care of how long it takes.
struct RSAPublicKey: Hashable, Sendable {
    private let modulus: MontgomeryModulus
    private let exponent: UInt64

    /// Reads PEM: a key pair (PKCS #8, RFC 5208, or PKCS #1, RFC 8017) or a public key (RFC 5280). Nil for anything else.
    init?(pem: String) {
        let lines = pem.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }
        guard let data = Data(base64Encoded: lines.joined()), let numbers = Self.numbers(Array(data)) else { return nil }
        guard let modulus = MontgomeryModulus(bigEndian: numbers.modulus), (1...8).contains(numbers.exponent.count) else { return nil }
        self.modulus = modulus
        exponent = numbers.exponent.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Whether this is a signature of the message under RSASSA-PKCS1-v1_5 with SHA-256, the RS256 of RFC 7518.
    func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == modulus.length else { return false }
        return modulus.power(of: signature, exponent) == Self.encoded(message, length: modulus.length)
    }

    /// EMSA-PKCS1-v1_5 of RFC 8017: 00 01 FF … FF 00, the name of SHA-256, the hash.
    private static func encoded(_ message: [UInt8], length: Int) -> [UInt8] {
        let name: [UInt8] = [
            0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
        ]
        let end = name + SHA256.hash(data: message)
        return [0x00, 0x01] + [UInt8](repeating: 0xFF, count: max(0, length - end.count - 3)) + [0x00] + end
    }

    private static func numbers(_ bytes: [UInt8]) -> (modulus: [UInt8], exponent: [UInt8])? {
        var file = DERReader(bytes[...])
        guard var key = file.enter(.sequence) else { return nil }
        if key.enter(.sequence) != nil { return pair(bitString: key.content(.bitString)) }
        guard key.integer() != nil else { return nil }  // the version
        if key.enter(.sequence) == nil { return pair(&key) }
        guard var octets = key.enter(.octetString), var inner = octets.enter(.sequence), inner.integer() != nil else { return nil }
        return pair(&inner)
    }

    /// The first byte of a bit string counts unused bits, of which there are none.
    private static func pair(bitString: ArraySlice<UInt8>?) -> (modulus: [UInt8], exponent: [UInt8])? {
        guard let bitString, bitString.first == 0 else { return nil }
        var reader = DERReader(bitString.dropFirst())
        guard var key = reader.enter(.sequence) else { return nil }
        return pair(&key)
    }

    private static func pair(_ reader: inout DERReader) -> (modulus: [UInt8], exponent: [UInt8])? {
        guard let modulus = reader.integer(), let exponent = reader.integer() else { return nil }
        return (modulus, exponent)
    }
}
