import Core

/// The address that a provider's paths are put behind.
enum BaseURL {
    /// The address without slashes at its end; nil when it is not `http(s)://host[:port][/path]`.
    static func normal(_ text: String) -> String? {
        guard text.utf8.count <= 300, let colon = text.firstIndex(of: ":") else { return nil }
        let scheme = text[..<colon].lowercased()
        guard scheme == "http" || scheme == "https", text[colon...].hasPrefix("://") else { return nil }
        var rest = text[text.index(colon, offsetBy: 3)...]
        guard rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !forbidden.contains($0) }) else { return nil }
        while rest.last == "/" { rest.removeLast() }
        guard isHostAndPort(rest.prefix { $0 != "/" }) else { return nil }
        return "\(scheme)://\(rest)"
    }

    /// Whether a normal address names this machine or a private network, or looks like a number that some resolvers
    /// take for one (`2130706433`, `0x7f.1`). Names are judged when they are dialled.
    static func isPrivate(_ url: String) -> Bool {
        let authority = url.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }
        let host = authority.first == "[" ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        let name = host.lowercased()
        if let address = NetworkAddress(name) { return !address.isPublic }
        let last = name.split(separator: ".").last ?? ""
        return name == "localhost" || last == "localhost" || last == "local" || last == "internal" || last.first?.isNumber == true
    }

    private static let forbidden = Set("@?#\\\"'<>".utf8)

    private static func isHostAndPort(_ text: Substring) -> Bool {
        let isLiteral = text.first == "["
        let host = isLiteral ? text.prefix { $0 != "]" }.dropFirst() : text.prefix { $0 != ":" }
        let port = text[host.endIndex...].drop { $0 == "]" }
        guard !host.isEmpty, host.utf8.allSatisfy({ isHostByte($0) || isLiteral && $0 == UInt8(ascii: ":") }) else { return false }
        guard !isLiteral || text[host.endIndex...].hasPrefix("]") else { return false }
        guard !port.isEmpty else { return true }
        return port.first == ":" && port.dropFirst().utf8.allSatisfy { (48...57).contains($0) } && UInt16(port.dropFirst()) ?? 0 > 0
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}
