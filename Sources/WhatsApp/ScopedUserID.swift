/// WhatsApp's id for a person towards one business, which stands in for the number since people may hide it:
/// `US.90000000000000000001`, or `US.ENT.…` for a parent business. Two capital letters, a dot, then up to 128 letters
/// and digits (Meta, "Business-scoped user IDs").
package struct ScopedUserID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 && parts[1] == "ENT", let country = parts.first, let name = parts.last,
            country.utf8.count == 2, country.utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
            (1...128).contains(name.utf8.count), name.utf8.allSatisfy(Self.isLetterOrDigit)
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
