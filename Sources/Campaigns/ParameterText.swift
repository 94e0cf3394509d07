/// What WhatsApp takes for a template variable: not empty, no line break or tab, at most four blanks in a row
/// (`providers.md` 6.3, error 132018).
enum ParameterText {
    /// A body has 1024 characters at most, so no variable of it can have more.
    static let limit = 1024
    static let rule = "A value must not be empty nor hold line breaks, tabs or more than four blanks in a row."

    static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

    /// Whether a piece of a value, which may be empty, keeps the rule.
    static func isAllowed(_ text: String) -> Bool {
        var blanks = 0
        for scalar in text.unicodeScalars {
            guard scalar.value >= 0x20, !breaks.contains(scalar.value) else { return false }
            blanks = scalar == " " ? blanks + 1 : 0
            if blanks > 4 { return false }
        }
        return true
    }

    /// Delete, next line, line and paragraph separators.
    private static let breaks: Set<UInt32> = [0x7F, 0x85, 0x2028, 0x2029]
}
