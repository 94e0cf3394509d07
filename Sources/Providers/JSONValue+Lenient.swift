import Core

// Vendors send numbers as texts and texts as numbers, and change their minds between versions; what is read from them
// is read in every form in which it is still plain what was meant.
extension JSONValue {
    /// A text, or a whole number in decimal digits; without U+0000, which the database cannot keep. Nil when empty.
    var looseText: String? {
        guard let text = string ?? int.map({ String($0) }) else { return nil }
        let kept = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" }))
        return kept.isEmpty ? nil : kept
    }

    /// A whole number, also in quotes.
    var looseInt: Int64? { int ?? string.flatMap { Int64($0) } }

    /// A moment: ISO 8601 with or without a fraction, taken for UTC when it names no zone; or seconds, milliseconds or
    /// microseconds since 1970, told apart by size, also in quotes. Nil for anything else.
    var looseTime: Timestamp? {
        if let number = looseInt { return Self.time(sinceEpoch: number) }
        return string.flatMap { Timestamp(iso8601: $0) ?? Timestamp(iso8601: $0 + "Z") }
    }

    private static func time(sinceEpoch number: Int64) -> Timestamp? {
        switch number {
        case 1..<100_000_000_000: Timestamp(seconds: number)
        case 100_000_000_000..<100_000_000_000_000: Timestamp(microseconds: number * 1000)
        case 100_000_000_000_000...: Timestamp(microseconds: number)
        default: nil
        }
    }
}

extension String {
    /// On one line and at most `limit` scalars long: what a log or a page can show of a vendor's words.
    func shortened(to limit: Int) -> String {
        var scalars = UnicodeScalarView()
        for scalar in unicodeScalars.prefix(limit) {
            scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(scalars)
    }
}
