/// Where random bits come from; tests pass their own.
package struct Randomness: Sendable {
    package var number: @Sendable () -> UInt64

    package init(number: @escaping @Sendable () -> UInt64) { self.number = number }

    /// The system's generator, fit for secrets.
    package static let system = Self {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    /// `count` random bytes.
    package func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            withUnsafeBytes(of: number()) { bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
    }

    /// A number in `0..<1`.
    package func fraction() -> Double { Double(number() >> 11) * 0x1p-53 }

    /// A token for addresses and cookies: `bytes` random bytes in lower-case hexadecimal.
    package func token(bytes count: Int = 16) -> String { bytes(count).hexadecimal }
}

extension Sequence<UInt8> {
    /// Two lower-case digits a byte.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
