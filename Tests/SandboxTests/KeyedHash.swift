import Core

/// HMAC-SHA256, written anew after RFC 2104 and FIPS 180-4, so that the tests do not believe the sandbox's own.
enum KeyedHash {
    /// In lower-case hexadecimal.
    static func hmac(_ message: [UInt8], key: String) -> String {
        var block = Array(key.utf8)
        if block.count > 64 { block = sha256(block) }
        block += [UInt8](repeating: 0, count: 64 - block.count)
        return sha256(block.map { $0 ^ 0x5C } + sha256(block.map { $0 ^ 0x36 } + message)).hexadecimal
    }

    static func sha256(_ message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        padded += withUnsafeBytes(of: UInt64(message.count * 8).bigEndian) { Array($0) }
        var state = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
        let constants = primes.map { fraction(cubeRoot($0)) }
        for start in stride(from: 0, to: padded.count, by: 64) { mix(Array(padded[start..<start + 64]), into: &state, constants) }
        return state.flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
    }

    private static func mix(_ block: [UInt8], into state: inout [UInt32], _ constants: [UInt32]) {
        var words = (0..<16).map { index in block[(index * 4)..<(index * 4 + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }
        for index in 16..<64 {
            let (a, b) = (words[index - 15], words[index - 2])
            let first = turned(a, 7) ^ turned(a, 18) ^ (a >> 3)
            let second = turned(b, 17) ^ turned(b, 19) ^ (b >> 10)
            words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
        }
        var v = state
        for index in 0..<64 {
            let big = turned(v[4], 6) ^ turned(v[4], 11) ^ turned(v[4], 25)
            let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
            let first = v[7] &+ big &+ choice &+ constants[index] &+ words[index]
            let small = turned(v[0], 2) ^ turned(v[0], 13) ^ turned(v[0], 22)
            let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
            v = [first &+ small &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
        }
        state = zip(state, v).map { $0 &+ $1 }
    }

    private static func turned(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
    private static func fraction(_ number: Double) -> UInt32 { UInt32((number - number.rounded(.down)) * 4_294_967_296) }

    private static let primes: [Int] = {
        var primes: [Int] = []
        var next = 2
        while primes.count < 64 {
            if primes.allSatisfy({ next % $0 != 0 }) { primes.append(next) }
            next += 1
        }
        return primes
    }()

    /// Newton's iteration, which comes to rest on the nearest double.
    private static func cubeRoot(_ number: Int) -> Double {
        var root = 1.0
        for _ in 0..<60 { root -= (root * root * root - Double(number)) / (3 * root * root) }
        return root
    }
}
