/// Powers modulo an odd number of any length, after P. Montgomery, "Modular Multiplication Without Trial Division" (1985).
/// Numbers are limbs of 32 bits, the lowest first.
struct MontgomeryModulus: Hashable, Sendable {
    /// In bytes.
    let length: Int
    private let limbs: [UInt32]
    /// −1 divided by the lowest limb, modulo 2³².
    private let inverse: UInt32
    /// The square of 2³² to the number of limbs.
    private let square: [UInt32]

    /// - Parameter bytes: without leading zeros, 64 to 1,024 of them. Nil for another length or an even number.
    init?(bigEndian bytes: [UInt8]) {
        guard (64...1024).contains(bytes.count), let last = bytes.last, last & 1 == 1 else { return nil }
        length = bytes.count
        limbs = Self.limbs(bytes)
        inverse = Self.inverse(limbs[0])
        var square = [UInt32](repeating: 0, count: limbs.count)
        square[0] = 1
        for _ in 0..<(64 * limbs.count) { Self.double(&square, modulo: limbs) }
        self.square = square
    }

    /// `base` to the power of `exponent`, as bytes, the highest first.
    func power(of base: [UInt8], _ exponent: UInt64) -> [UInt8] {
        let one = [1] + [UInt32](repeating: 0, count: limbs.count - 1)
        let factor = product(Self.limbs(base, count: limbs.count), square)
        var power = product(one, square)
        for bit in stride(from: 63 - exponent.leadingZeroBitCount, through: 0, by: -1) {
            power = product(power, power)
            if exponent >> UInt64(bit) & 1 == 1 { power = product(power, factor) }
        }
        let bytes = product(power, one).reversed().flatMap { limb in withUnsafeBytes(of: limb.bigEndian) { Array($0) } }
        return Array(bytes.suffix(length))
    }

    /// a · b divided by 2³² to the number of limbs.
    private func product(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        let count = limbs.count
        var sum = [UInt32](repeating: 0, count: count + 2)
        for i in 0..<count {
            Self.add(a, times: b[i], to: &sum)
            Self.add(limbs, times: sum[0] &* inverse, to: &sum)
            sum.removeFirst()
            sum.append(0)
        }
        var result = Array(sum[..<count])
        if sum[count] > 0 || !Self.isBelow(result, limbs) { Self.subtract(limbs, from: &result) }
        return result
    }

    private static func add(_ limbs: [UInt32], times factor: UInt32, to sum: inout [UInt32]) {
        var carry: UInt64 = 0
        for j in limbs.indices {
            carry += UInt64(sum[j]) + UInt64(limbs[j]) * UInt64(factor)
            sum[j] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
        carry += UInt64(sum[limbs.count])
        sum[limbs.count] = UInt32(truncatingIfNeeded: carry)
        sum[limbs.count + 1] &+= UInt32(carry >> 32)
    }

    private static func subtract(_ limbs: [UInt32], from number: inout [UInt32]) {
        var borrow: Int64 = 0
        for j in limbs.indices {
            let difference = Int64(number[j]) - Int64(limbs[j]) + borrow
            number[j] = UInt32(truncatingIfNeeded: difference)
            borrow = difference < 0 ? -1 : 0
        }
    }

    private static func double(_ number: inout [UInt32], modulo limbs: [UInt32]) {
        var carry: UInt32 = 0
        for j in number.indices {
            let high = number[j] >> 31
            number[j] = number[j] << 1 | carry
            carry = high
        }
        if carry > 0 || !isBelow(number, limbs) { subtract(limbs, from: &number) }
    }

    private static func isBelow(_ a: [UInt32], _ b: [UInt32]) -> Bool { a.reversed().lexicographicallyPrecedes(b.reversed()) }

    /// Newton's iteration: each round doubles the number of right bits, beginning with three.
    private static func inverse(_ odd: UInt32) -> UInt32 {
        var inverse = odd
        for _ in 0..<5 { inverse = inverse &* (2 &- odd &* inverse) }
        return 0 &- inverse
    }

    private static func limbs(_ bytes: [UInt8], count: Int? = nil) -> [UInt32] {
        let count = count ?? (bytes.count + 3) / 4
        var limbs = [UInt32](repeating: 0, count: count)
        for (place, byte) in bytes.reversed().enumerated() where place / 4 < count {
            limbs[place / 4] |= UInt32(byte) << UInt32(place % 4 * 8)
        }
        return limbs
    }
}
