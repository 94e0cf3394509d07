#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An IP address, as its 4 or 16 bytes.
package struct NetworkAddress: Hashable, Sendable {
    private let bytes: [UInt8]

    /// From the bytes in network order; nil unless there are 4 or 16. A version 4 address in the clothes of a version 6
    /// one (mapped, translated, 6to4) is taken for what it carries.
    package init?(bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = Self.carried(in: bytes) ?? bytes
    }

    /// Reads `127.0.0.1` and `::1`, in no other spelling than the standard one.
    package init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }  // where C would stop reading
        var (four, six) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(bytes: withUnsafeBytes(of: four) { Array($0) })
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.init(bytes: withUnsafeBytes(of: six) { Array($0) })
        } else {
            return nil
        }
    }

    /// Whether it belongs to the open network: not this machine, a private or local network, a provider's metadata
    /// service, documentation, multicast or anything else that IANA keeps back (RFC 6890 and its registries).
    package var isPublic: Bool {
        if bytes.count == 4 { return !Self.reserved4.contains { $0.holds(bytes) } }
        return (bytes[0] & 0xE0) == 0x20 && !Self.reserved6.contains { $0.holds(bytes) }  // 2000::/3 is all that is given out
    }

    /// Whether it is this machine's own.
    package var isLoopback: Bool { bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1] }

    private struct Block {
        let prefix: [UInt8]
        let bits: Int

        init(_ prefix: [UInt8], _ bits: Int) { (self.prefix, self.bits) = (prefix, bits) }

        func holds(_ bytes: [UInt8]) -> Bool {
            (0..<bits).allSatisfy { bit in
                let mask = UInt8(0x80) >> UInt8(bit % 8)
                let wanted = bit / 8 < prefix.count ? prefix[bit / 8] : 0
                return bytes[bit / 8] & mask == wanted & mask
            }
        }
    }

    private static let reserved4 = [
        Block([0], 8), Block([10], 8), Block([100, 64], 10), Block([127], 8), Block([169, 254], 16), Block([172, 16], 12),
        Block([192, 0, 0], 24), Block([192, 0, 2], 24), Block([192, 88, 99], 24), Block([192, 168], 16), Block([198, 18], 15),
        Block([198, 51, 100], 24), Block([203, 0, 113], 24), Block([224], 4), Block([240], 4),
    ]
    private static let reserved6 = [
        Block([0x20, 0x01, 0x00], 23), Block([0x20, 0x01, 0x0D, 0xB8], 32), Block([0x3F, 0xFF], 20),
    ]

    private static func carried(in bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count == 16 else { return nil }
        let zeros = bytes.prefix(10).allSatisfy { $0 == 0 }
        if zeros, bytes[10] == 0xFF, bytes[11] == 0xFF { return Array(bytes[12...]) }
        if zeros, bytes[10] == 0, bytes[11] == 0, bytes[12...].contains(where: { $0 > 1 }) { return Array(bytes[12...]) }
        if bytes.prefix(12).elementsEqual([0x00, 0x64, 0xFF, 0x9B] + Array(repeating: 0, count: 8)) { return Array(bytes[12...]) }
        if bytes[0] == 0x20, bytes[1] == 0x02 { return Array(bytes[2..<6]) }
        return nil
    }
}
