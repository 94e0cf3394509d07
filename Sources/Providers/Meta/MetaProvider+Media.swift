package import Core
package import WhatsApp

extension MetaProvider {
    /// A file's id gives its link, and the link the file, both with the token (Meta, "Media"). Links lead to Meta's own
    /// hosts, or to the channel's base address where a channel has one of its own.
    package func mediaRequest(for media: MediaReference, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        let access = try MetaAccess(line)
        switch media {
        case .id(let id):
            guard (1...255).contains(id.utf8.count), id.utf8.allSatisfy(Self.isIDByte) else {
                throw SendFailure(.reject, code: "invalid_media", summary: "The id of the file is none of Meta's.")
            }
            return access.get(id)
        case .link(let link):
            guard MetaMediaLink.isAllowed(link, base: line.baseURL) else {
                throw SendFailure(.reject, code: "invalid_media", summary: "The address of the file is not on a host of Meta's.")
            }
            return access.get(link: link)
        }
    }

    /// The link in the answer to an id; it lives for about five minutes.
    package func mediaReference(in body: [UInt8], answering media: MediaReference) -> MediaReference? {
        guard case .id = media else { return nil }
        return (try? JSONValue(parsing: body))?["url"]?.looseText.map(MediaReference.link)
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

/// Which links the token may be shown to.
private enum MetaMediaLink {
    private static let domains = ["fbsbx.com", "whatsapp.net"]

    static func isAllowed(_ link: String, base: String) -> Bool {
        guard (10...4096).contains(link.utf8.count), link.utf8.allSatisfy(isLinkByte) else { return false }
        if let origin = origin(of: base), origin == self.origin(of: link) { return true }
        guard let origin = self.origin(of: link), origin.hasPrefix("https://") else { return false }
        let host = origin.dropFirst(8)
        return host.utf8.allSatisfy(isHostByte) && domains.contains { host == $0 || host.hasSuffix("." + $0) }
    }

    /// Scheme and authority, in small letters; nil when there is no authority or somebody hides behind it.
    private static func origin(of link: String) -> String? {
        for scheme in ["https://", "http://"] where link.hasPrefix(scheme) {
            let authority = link.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
            return authority.isEmpty || authority.contains("@") ? nil : scheme + authority.lowercased()
        }
        return nil
    }

    /// Printable ASCII without what some readers of addresses take for something else.
    private static func isLinkByte(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) && !#"\"<>^`{|}"#.utf8.contains(byte) }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}
