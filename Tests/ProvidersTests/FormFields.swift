/// Reads `application/x-www-form-urlencoded`, apart from the code under test.
enum FormFields {
    static func decoded(_ body: [UInt8]) -> [String: String] {
        let pairs = body.split(separator: UInt8(ascii: "&")).map { pair in
            pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false).map(text)
        }
        return Dictionary(pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }, uniquingKeysWith: { "\($0)|\($1)" })
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var (plain, rest) = ([UInt8](), bytes)
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): plain.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                plain.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            default: plain.append(byte)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
