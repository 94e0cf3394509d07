import Core

/// What the values of reserved fields must look like.
enum FieldRules {
    /// An address of the usual form: one `@`, something before it, a host name with a dot after it, 254 bytes. Letters
    /// outside ASCII may stand anywhere.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, isLocalPart(parts[0]) else { return false }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy(isLabel) && labels.last?.contains(where: isLetter) == true
    }

    private static let notLocal = Set(#"<>()[]\,;:""#.utf8)

    private static func isLocalPart(_ text: Substring.UTF8View) -> Bool {
        text.contains { isLetter($0) || isDigit($0) }
            && text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
            && text.allSatisfy { $0 > 32 && $0 != 127 && !notLocal.contains($0) }
    }

    private static func isLabel(_ text: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return !text.isEmpty && text.first != hyphen && text.last != hyphen
            && text.allSatisfy { isLetter($0) || isDigit($0) || $0 == hyphen }
    }

    /// ASCII letters, and the bytes of everything beyond ASCII.
    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || isASCIILetter(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// `Asia/Kolkata`, `PST`, `GMT-8:00`: the shape only, whether such a zone exists is not known here.
    static func isTimeZone(_ text: String) -> Bool {
        guard (1...64).contains(text.utf8.count), text.utf8.first.map(isASCIILetter) == true else { return false }
        if text.hasPrefix("GMT") || text.hasPrefix("UTC") { return isOffset(text.dropFirst(3)) || isZoneName(text) }
        return isZoneName(text)
    }

    private static func isZoneName(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return text.utf8.count <= 8 && text.utf8.allSatisfy(isASCIILetter) }
        return parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { isASCIILetter($0) || (48...57).contains($0) || "_+-".utf8.contains($0) }
        }
    }

    /// Nothing, or `+5`, `-08`, `+5:30`, `+0530`.
    private static func isOffset(_ text: Substring) -> Bool {
        guard let sign = text.first else { return true }
        guard sign == "+" || sign == "-" else { return false }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }), let first = parts.first else { return false }
        let packed = parts.count == 1 && first.count > 2
        guard let hours = Int(packed ? first.dropLast(2) : first), hours <= 14, first.count <= 4 else { return false }
        guard parts.count <= 2, let minutes = packed ? Int(first.suffix(2)) : parts.count == 2 ? Int(parts[1]) : 0 else { return false }
        return minutes < 60
    }

    static func isURL(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else { return false }
        return text.utf8.count > scheme.utf8.count && text.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 }
    }

    /// A whole number of years, also as text.
    static func age(_ value: JSONValue) -> Int64? {
        let number: Int64?
        if let text = value.string {
            number = text.utf8.allSatisfy { (48...57).contains($0) } ? Int64(text) : nil
        } else {
            number = value.int
        }
        return number.flatMap { (0...150).contains($0) ? $0 : nil }
    }

    /// True or false, also as text in any case.
    static func flag(_ value: JSONValue) -> Bool? {
        switch value {
        case .bool(let flag): flag
        case .string(let text) where text.lowercased() == "true": true
        case .string(let text) where text.lowercased() == "false": false
        default: nil
        }
    }

    private static func isASCIILetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & 0xDF) }
}
