/// The fields of a form. Of a name that comes twice the last value counts.
package struct Form: Hashable, Sendable {
    private let fields: [String: String]

    package init(_ fields: [String: String] = [:]) { self.fields = fields }

    /// The value as it was typed; empty when there is no such field.
    package subscript(_ name: String) -> String { fields[name] ?? "" }

    /// Reads `name=value&…` (WHATWG URL, "application/x-www-form-urlencoded parsing"). Nil when a percent sign has no
    /// two digits behind it, the text is not UTF-8, or it holds U+0000, which no database text may.
    package init?(decoding bytes: [UInt8]) {
        var fields: [String: String] = [:]
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : []) else { return nil }
            fields[name] = value
        }
        self.fields = fields
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var (result, rest) = ([UInt8](), bytes)
        result.reserveCapacity(bytes.count)
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = digit(rest.popFirst()), let low = digit(rest.popFirst()), high + low > 0 else { return nil }
                result.append(high << 4 | low)
            case 0: return nil
            default: result.append(byte)
            }
        }
        return String(validating: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8?) -> UInt8? {
        guard let byte, byte < 0x80 else { return nil }
        return Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
