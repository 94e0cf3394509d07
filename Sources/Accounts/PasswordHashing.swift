package import Core
import CryptoExtras
import FoundationEssentials
import NIOPosix

/// Turns passwords into hashes with scrypt (RFC 7914) and checks them. The cost is stored in the hash, so that it can
/// be raised later. One hash is computed at a time, on a thread of its own: scrypt takes 128 · N · r bytes of memory
/// (32 MiB with the defaults) and a tenth of a second.
package struct PasswordHashing: Sendable {
    private let cost: Cost
    private let random: Randomness
    private let queue: HashingQueue

    /// - Parameter logRounds: the work factor as a power of two, 1...20. Only tests go below 15.
    package init(
        logRounds: Int = 15, blockSize: Int = 8, parallelism: Int = 1, random: Randomness = .system, queue: HashingQueue = .process
    ) {
        cost = Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        (self.random, self.queue) = (random, queue)
    }

    /// `$scrypt$ln=15,r=8,p=1$<salt>$<key>`, salt and key in base64. Two calls give two texts.
    /// - Throws: `HashingBusy` when too many are waiting.
    package func hash(_ password: String) async throws -> String {
        let salt = random.bytes(16)
        return Hash(cost: cost, salt: salt, key: try await key(password, salt, cost)).text
    }

    /// Whether `password` gave `hash`. Without a hash it does the same work and answers no, so that a caller cannot
    /// tell from the time whether the person exists.
    /// - Throws: `HashingBusy` when too many are waiting.
    package func verify(_ password: String, against hash: String?) async throws -> Bool {
        let stored = hash.flatMap(Hash.init) ?? Hash(cost: cost, salt: random.bytes(16), key: [])
        let key = try await key(password, stored.salt, stored.cost)
        return equalInConstantTime(key, stored.key)
    }

    private func key(_ password: String, _ salt: [UInt8], _ cost: Cost) async throws -> [UInt8] {
        try queue.enter()
        defer { queue.leave() }
        return try await Self.thread.runIfActive {
            let key = try KDF.Scrypt.deriveKey(
                from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds,
                blockSize: cost.blockSize, parallelism: cost.parallelism)
            return key.withUnsafeBytes(Array.init)
        }
    }

    // One for the process, because what it bounds is the process's memory. It lives as long as the process does.
    private static let thread: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        return pool
    }()
}

private struct Cost: Sendable {
    let logRounds, blockSize, parallelism: Int
}

private struct Hash {
    let cost: Cost
    let salt, key: [UInt8]

    init(cost: Cost, salt: [UInt8], key: [UInt8]) { (self.cost, self.salt, self.key) = (cost, salt, key) }

    /// Nil for another algorithm, and for a cost that would take minutes or gigabytes.
    init?(_ text: String) {
        let parts = text.split(separator: "$")
        guard parts.count == 4, parts[0] == "scrypt" else { return nil }
        let numbers = parts[1].split(separator: ",").compactMap { Int($0.drop { !$0.isNumber }) }
        guard numbers.count == 3, (1...20).contains(numbers[0]), (1...32).contains(numbers[1]), (1...16).contains(numbers[2]),
            let salt = Data(base64Encoded: String(parts[2])), let key = Data(base64Encoded: String(parts[3])), key.count == 32
        else { return nil }
        self.init(
            cost: Cost(logRounds: numbers[0], blockSize: numbers[1], parallelism: numbers[2]), salt: Array(salt), key: Array(key))
    }

    var text: String {
        "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)"
            + "$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
    }
}
