package import Core
package import WhatsApp

extension GupshupProvider {
    /// Fetches a file from Gupshup's own hosts, or from where the channel's address is, without the key: no document says that
    /// the links want one (Gupshup, "Media management"). They end within about a week.
    package func mediaRequest(for media: MediaReference, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        guard case .link(let link) = media, let place = WebPlace(link) else { throw refusal("It is no plain address of a file.") }
        let isGupshups = place.scheme == "https" && place.port == nil && (place.host == "gupshup.io" || place.host.hasSuffix(".gupshup.io"))
        guard isGupshups || place == WebPlace(line.baseURL) else { throw refusal("It is not on a host of Gupshup's.") }
        return ProviderRequest(.get, url: link, headers: [:])
    }

    private func refusal(_ reason: String) -> SendFailure {
        SendFailure(.reject, code: "foreign_media", summary: "The file is not fetched. \(reason)")
    }
}

/// Scheme, host and port of an address, read so strictly that every client reads the same host from it.
private struct WebPlace: Equatable {
    let scheme: String
    /// In small letters: letters, digits, hyphens and dots.
    let host: String
    /// Nil where the address names none.
    let port: String?

    /// Nil for other schemes, for a user name, and for characters that clients differ about.
    init?(_ address: String) {
        guard address.utf8.count <= 2000, address.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }),
            let scheme = ["https", "http"].first(where: { address.hasPrefix($0 + "://") })
        else { return nil }
        let authority = address.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
        let parts = authority.lowercased().split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), Self.isHost(parts[0]), parts.dropFirst().allSatisfy(Self.isPort) else { return nil }
        (self.scheme, host, port) = (scheme, String(parts[0]), parts.count == 2 ? String(parts[1]) : nil)
    }

    private static func isHost(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
        }
    }

    private static func isPort(_ text: Substring) -> Bool {
        (1...5).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
