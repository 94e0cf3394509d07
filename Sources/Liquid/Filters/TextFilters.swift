import Core

extension FilterCall {
    func textual(_ text: String) -> String {
        switch name {
        case .upcase: text.uppercased()
        case .downcase: text.lowercased()
        case .capitalize: text.prefix(1).uppercased() + text.dropFirst().lowercased()
        case .strip: text.withoutBlanks(atStart: true, atEnd: true)
        case .lstrip: text.withoutBlanks(atStart: true, atEnd: false)
        case .rstrip: text.withoutBlanks(atStart: false, atEnd: true)
        case .stripNewlines: String(text.filter { !$0.isNewline })
        case .truncate: truncated(text)
        case .truncatewords: truncatedWords(text)
        case .append: text + textArgument(0)
        case .prepend: textArgument(0) + text
        case .escape: text.escapedForHTML
        case .urlEncode: text.urlEncoded
        case .urlDecode: text.urlDecoded
        default: text
        }
    }

    /// The ending counts among the characters that are kept.
    private func truncated(_ text: String) -> String {
        let (limit, ending) = (numberArgument(0, default: 50), textArgument(1, default: "..."))
        return text.count <= limit ? text : text.prefix(max(0, limit - ending.count)) + ending
    }

    private func truncatedWords(_ text: String) -> String {
        let (limit, ending) = (max(1, numberArgument(0, default: 15)), textArgument(1, default: "..."))
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.count <= limit ? text : words.prefix(limit).joined(separator: " ") + ending
    }

    func replaced(_ text: String, limit: Int) throws(Stop) -> JSONValue {
        let isRemoval = name == .remove || name == .removeFirst
        let isOnce = name == .replaceFirst || name == .removeFirst
        let result = TextSearch(textArgument(0)).replace(
            in: text, with: isRemoval ? "" : textArgument(1), atMost: isOnce ? 1 : .max, limit: limit)
        guard let result else { throw .timedOut }
        return .string(result)
    }
}

extension String {
    fileprivate func withoutBlanks(atStart: Bool, atEnd: Bool) -> String {
        var rest = self[...]
        if atStart { rest = rest.drop(while: \.isWhitespace) }
        if atEnd { while rest.last?.isWhitespace == true { rest.removeLast() } }
        return String(rest)
    }

    fileprivate var escapedForHTML: String {
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// As in the query of an address: blanks become plus signs.
    fileprivate var urlEncoded: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in utf8 {
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCIIDigit || scalar.isASCIILetter || "-_.~".utf8.contains(byte) {
                bytes.append(byte)
            } else if scalar == " " {
                bytes.append(UInt8(ascii: "+"))
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A percent sign without two hexadecimal digits stays.
    fileprivate var urlDecoded: String {
        var (bytes, rest) = ([UInt8](), utf8[...])
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, digits.first != UInt8(ascii: "+"),
                let decoded = UInt8(Substring(digits), radix: 16)
            {
                bytes.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
