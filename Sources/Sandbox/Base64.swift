import Foundation

/// RFC 4648, encoding only.
enum Base64 {
    /// With padding, as HTTP Basic has it.
    static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

    /// The URL-safe alphabet without padding, as JSON Web Tokens have it.
    static func encodeForURL(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        encode(bytes).utf8.compactMap { byte in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
    }
}

extension Base64 {
    /// Reads the URL-safe alphabet without padding. Nil for anything else.
    static func decodeForURL(_ text: some StringProtocol) -> [UInt8]? {
        let standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return decode(String(standard) + String(repeating: "=", count: (4 - standard.count % 4) % 4))
    }

    /// Reads the form with padding. Nil for anything else.
    static func decode(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map { Array($0) } }
}
