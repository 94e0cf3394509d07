import Core
import WhatsApp

/// Scheme, host and port of an address, read strictly: what a URL parser might take for another host than we do has none.
struct WebOrigin: Hashable {
    let scheme: String
    /// In lower case.
    let host: String
    /// Nil for the scheme's own.
    let port: Int?

    /// Nil for anything but `http://` or `https://`, a host name of letters, digits, hyphens and dots, and maybe a port.
    /// User names, backslashes, brackets, escapes in the host, spaces and characters beyond ASCII are refused.
    init?(_ address: String) {
        guard address.utf8.count <= 8192, address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            let scheme = ["https", "http"].first(where: { address.hasPrefix($0 + "://") })
        else { return nil }
        let authority = address.dropFirst(scheme.count + 3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first?.lowercased(), Self.isHostName(name) else { return nil }
        (self.scheme, host) = (scheme, name)
        guard parts.count == 2 else { port = nil; return }
        guard let number = Int(parts[1]), (1...65_535).contains(number), String(number) == parts[1] else { return nil }
        port = number == (scheme == "https" ? 443 : 80) ? nil : number
    }

    private static func isHostName(_ name: String) -> Bool {
        name.utf8.count <= 253
            && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                !label.isEmpty && label.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
            }
    }
}

extension WebOrigin {
    /// A plain request for a file: https, on one of these domains or below one, or wherever the channel itself sends to.
    /// Carries no credentials.
    /// - Throws: `SendFailure` to reject, code `foreign_media`, for every other address.
    static func mediaRequest(for media: MediaReference, below domains: [String], base: String?) throws(SendFailure) -> ProviderRequest {
        guard case .link(let link) = media, let origin = WebOrigin(link), origin.isTrusted(domains, base: base) else {
            throw SendFailure(.reject, code: "foreign_media", summary: "The file is not on a host of the provider; it is not fetched.")
        }
        return ProviderRequest(.get, url: link, headers: [:])
    }

    private func isTrusted(_ domains: [String], base: String?) -> Bool {
        if let base, self == WebOrigin(base) { return true }
        return scheme == "https" && port == nil && domains.contains { host == $0 || host.hasSuffix("." + $0) }
    }
}
