/// A phone number in E.164: a calling code and a number, 8 to 15 digits together, never guessed from a local form.
package struct PhoneNumber: Hashable, Sendable, CustomStringConvertible {
    /// The digits without the plus sign, as providers and the database take them: `919812345678`.
    package let digits: String

    /// Reads `+14155551234`. Spaces, hyphens, dots and brackets between the digits are skipped, because people write
    /// them. Nil for everything else: a missing plus sign, a second one, a calling code that nobody was assigned, and a 0
    /// in brackets, as in `+44 (0)20 7946 0958`, which most countries drop and some keep.
    package init?(_ text: String) {
        guard text.utf8.first == UInt8(ascii: "+"), text.utf8.count <= 40, !Self.hasBracketedZero(text) else { return nil }
        let written = text.utf8.dropFirst().filter { !Self.punctuation.contains($0) }
        guard let number = Self(digits: String(decoding: written, as: UTF8.self)), CallingCode.isAssigned(to: number.digits)
        else { return nil }
        self = number
    }

    /// Reads the form without a plus sign that providers use. Nil unless it is 8 to 15 digits, the first not 0. Any
    /// calling code will do, because a provider that names a number knows it.
    package init?(digits: String) {
        let bytes = digits.utf8
        guard (8...15).contains(bytes.count), bytes.first != UInt8(ascii: "0"), bytes.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        self.digits = digits
    }

    /// With the plus sign.
    package var description: String { "+" + digits }

    private static let punctuation = Set(" -.()".utf8)

    private static func hasBracketedZero(_ text: String) -> Bool { text.filter { !" -.".contains($0) }.contains("(0)") }
}
