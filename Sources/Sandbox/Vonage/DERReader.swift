/// Reads the few parts of DER (X.690) that RSA keys are written in.
struct DERReader {
    enum Tag: UInt8 {
        case integer = 0x02
        case bitString = 0x03
        case octetString = 0x04
        case sequence = 0x30
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The content of the next value; nil, and nothing is read, when it has another tag.
    mutating func content(_ tag: Tag) -> ArraySlice<UInt8>? {
        var ahead = rest
        guard ahead.popFirst() == tag.rawValue, let length = Self.length(&ahead), length <= ahead.count else { return nil }
        rest = ahead.dropFirst(length)
        return ahead.prefix(length)
    }

    mutating func enter(_ tag: Tag) -> DERReader? { content(tag).map { DERReader($0) } }

    /// Without leading zeros.
    mutating func integer() -> [UInt8]? { content(.integer).map { Array($0.drop { $0 == 0 }) } }

    private static func length(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.popFirst() else { return nil }
        guard first >= 0x80 else { return Int(first) }
        let count = Int(first & 0x7F)
        guard (1...4).contains(count), bytes.count >= count else { return nil }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
    }
}
