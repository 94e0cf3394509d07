import Core

/// The vendor's name for a message, in both directions: a random UUID (RFC 9562, version 4).
struct MessageUUID: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

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
