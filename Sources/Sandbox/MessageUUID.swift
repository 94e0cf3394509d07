import Core

/// The name of a message, in both directions: a random UUID (RFC 9562, version 4). What each vendor calls it follows from it.
struct MessageUUID: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    private init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    init(_ random: Randomness) {
        high = random.number() & ~0xF000 | 0x4000
        low = random.number() & ~(3 << 62) | 2 << 62
    }

    /// Reads the form with hyphens. Nil for anything else.
    init?(_ text: String) {
        let hexadecimal = text.split(separator: "-", omittingEmptySubsequences: false)
        guard hexadecimal.map(\.utf8.count) == [8, 4, 4, 4, 12],
            hexadecimal.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isHexDigit } }),
            let high = UInt64(hexadecimal[0...2].joined(), radix: 16), let low = UInt64(hexadecimal[3...4].joined(), radix: 16)
        else { return nil }
        (self.high, self.low) = (high, low)
    }

    var description: String {
        let digits = withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0).hexadecimal }
        let cuts = [0, 8, 12, 16, 20, 32]
        return zip(cuts, cuts.dropFirst()).map { digits.utf8.dropFirst($0).prefix($1 - $0) }.map { String(Substring($0)) }
            .joined(separator: "-")
    }
}

extension MessageUUID {
    /// Another id that follows from this one, for vendors that give a message two.
    var sibling: MessageUUID { MessageUUID(high: high ^ 0x5A5A_0000_5A5A_0000, low: low ^ 0x0F0F) }
    /// Another one, that nobody was told.
    var stranger: MessageUUID { MessageUUID(high: high ^ 0x00FF_0000_00FF_0000, low: low ^ 0xF0F0) }

    /// Meta's form: `wamid.` and base64.
    var wamid: String { Self.wamidStart + Base64.encode(bytes) }

    /// The enterprise gateway's form: two long numbers.
    var enterpriseID: String { "46\(high)-30\(low)" }

    /// As plain digits, for templates and media.
    var digits: String { String(1_000_000_000_000_000 + low % 9_000_000_000_000_000) }

    /// Reads any of the forms that messages are named in.
    init?(named text: String) {
        if let id = MessageUUID(text) {
            self = id
        } else if text.hasPrefix(Self.wamidStart) {
            guard let bytes = Base64.decode(String(text.dropFirst(Self.wamidStart.count))), bytes.count == 16 else { return nil }
            let halves = [bytes[..<8], bytes[8...]].map { $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
            self.init(high: halves[0], low: halves[1])
        } else {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].hasPrefix("46"), parts[1].hasPrefix("30"), let high = UInt64(parts[0].dropFirst(2)),
                let low = UInt64(parts[1].dropFirst(2))
            else { return nil }
            self.init(high: high, low: low)
        }
    }

    private static let wamidStart = "wamid.HBgL"
    private var bytes: [UInt8] { withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) } }
}
