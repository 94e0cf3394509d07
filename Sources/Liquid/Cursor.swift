/// A place in the text of a template.
struct Cursor {
    let scalars: [Unicode.Scalar]
    var position = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    var isAtEnd: Bool { position >= scalars.count }

    /// The scalar so far ahead; nil past the end.
    func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        position + ahead < scalars.count ? scalars[position + ahead] : nil
    }

    func isAt(_ sign: String) -> Bool {
        var ahead = 0
        for scalar in sign.unicodeScalars {
            guard peek(ahead) == scalar else { return false }
            ahead += 1
        }
        return true
    }

    mutating func skipBlanks() { while let scalar = peek(), scalar.properties.isWhitespace { position += 1 } }

    /// Steps over blanks and the sign; over nothing of it but the blanks when another comes.
    mutating func take(_ sign: String) -> Bool {
        skipBlanks()
        guard isAt(sign) else { return false }
        position += sign.unicodeScalars.count
        return true
    }

    /// Letters, digits, `_` and `-`; a dash that closes a tag is no part of it. May be empty.
    mutating func word() -> String {
        let start = position
        while let scalar = peek(), isWordPart(scalar) { position += 1 }
        return text(start..<position)
    }

    func text(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[range])
        return String(text)
    }

    func error(_ message: String, at place: Int? = nil) -> LiquidError {
        let before = scalars[..<min(place ?? position, scalars.count)]
        let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return LiquidError(message: message, line: 1 + before.count { $0 == "\n" }, column: before.count - lineStart + 1)
    }

    private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "-" { return !(peek(1) == "}" && peek(2) == "}") && !(peek(1) == "%" && peek(2) == "}") }
        if scalar.isASCII { return scalar.isASCIILetter || scalar.isASCIIDigit || scalar == "_" }
        let properties = scalar.properties
        return properties.isAlphabetic || properties.numericType != nil || properties.isJoinControl
            || properties.generalCategory == .nonspacingMark
    }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
    var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}
