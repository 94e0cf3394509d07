import Core

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Which network addresses count as one where attempts are counted.
package enum AddressGroup {
    /// An IPv4 address stands for itself, also when it is written inside an IPv6 address (RFC 4291, 2.5.5.2). Of an IPv6
    /// address the first 64 bits count, since whoever has one has the other 2^64 too (RFC 4291, 2.5.1). Brackets, a port
    /// and a zone are left out. A text that is no address stands for itself.
    package static func name(of address: String) -> String {
        let host = host(of: address)
        if let bytes = bytes(of: host, AF_INET, count: 4) { return dotted(bytes[...]) }
        guard let bytes = bytes(of: host, AF_INET6, count: 16) else { return address }
        return bytes.starts(with: mapped) ? dotted(bytes[12...]) : bytes.prefix(8).hexadecimal + "/64"
    }

    private static let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    private static func host(of address: String) -> String {
        let isIPv4 = address.utf8.count { $0 == UInt8(ascii: ":") } == 1
        let host = address.hasPrefix("[") ? address.dropFirst().prefix { $0 != "]" } : address.prefix { !isIPv4 || $0 != ":" }
        return String(host.prefix { $0 != "%" })
    }

    private static func bytes(of host: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, host, &bytes) == 1 ? bytes : nil
    }

    private static func dotted(_ bytes: ArraySlice<UInt8>) -> String { bytes.map(String.init).joined(separator: ".") }
}
