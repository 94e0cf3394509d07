/// RFC 4648, encoding only.
enum Base64 {
    private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let url = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// With padding, as HTTP Basic has it.
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text = encode(bytes, alphabet: standard)
        while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The URL-safe alphabet without padding, as JSON Web Tokens have it.
    static func encodeForURL(_ bytes: some Sequence<UInt8>) -> [UInt8] { encode(bytes, alphabet: url) }

    private static func encode(_ bytes: some Sequence<UInt8>, alphabet: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        var (bits, waiting) = (0, 0)
        for byte in bytes {
            (bits, waiting) = (bits << 8 | Int(byte), waiting + 8)
            while waiting >= 6 {
                waiting -= 6
                text.append(alphabet[bits >> waiting & 63])
            }
            bits &= (1 << waiting) - 1
        }
        if waiting > 0 { text.append(alphabet[bits << (6 - waiting) & 63]) }
        return text
    }
}
