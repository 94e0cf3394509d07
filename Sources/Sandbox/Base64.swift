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
