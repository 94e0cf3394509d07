/// Where a text stops being JSON (RFC 8259), as a byte offset from 0, and why.
package struct JSONSyntaxError: Error, Hashable, Sendable {
    package var offset: Int
    package var reason: String
}

extension JSONValue {
    /// Reads one JSON text, strictly: valid UTF-8, nothing after the value, no number beyond a `Double`, no lone
    /// surrogate, at most `depth` arrays and objects inside one another.
    package init(parsing text: String, depth: Int = 32) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8), depth: depth)
    }

    /// The same from bytes.
    package init(parsing bytes: [UInt8], depth: Int = 32) throws(JSONSyntaxError) {
        let result = bytes.withUnsafeBytes { Self.parse($0, depth: depth) }
        self = try result.get()
    }

    /// The same over memory of the caller's, without a copy and without throwing.
    package static func parse(_ bytes: UnsafeRawBufferPointer, depth: Int = 32) -> Result<JSONValue, JSONSyntaxError> {
        var parser = JSONParser(bytes: bytes.bindMemory(to: UInt8.self), depth: depth)
        do throws(JSONSyntaxError) { return .success(try parser.document()) } catch { return .failure(error) }
    }
}

private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var depth: Int
    var at = 0

    init(bytes: UnsafeBufferPointer<UInt8>, depth: Int) { (self.bytes, self.depth) = (bytes, depth) }

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard at == bytes.count else { throw fail("text after the value") }
        return value
    }

    private func fail(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(offset: at, reason: reason) }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 { at += 1 }
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        skipSpace()
        guard at < bytes.count else { throw fail("the text ends where a value should be") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw fail("no value begins with this character")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let count = word.utf8CodeUnitCount
        guard at + count <= bytes.count, (0..<count).allSatisfy({ bytes[at + $0] == word.utf8Start[$0] }) else {
            throw fail("unknown word")
        }
        at += count
        return value
    }

    private mutating func enter() throws(JSONSyntaxError) {
        guard depth > 0 else { throw fail("nested too deeply") }
        (depth, at) = (depth - 1, at + 1)
        skipSpace()
    }

    /// After an item: true at the closing character, false after a comma.
    private mutating func ends(with close: Unicode.Scalar) throws(JSONSyntaxError) -> Bool {
        skipSpace()
        guard at < bytes.count else { throw fail("the text ends inside an array or object") }
        defer { at += 1 }
        if bytes[at] == UInt8(close.value) {
            depth += 1
            return true
        }
        guard bytes[at] == UInt8(ascii: ",") else { throw fail("a comma or a closing bracket is missing") }
        return false
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        var items: [JSONValue] = []
        if at < bytes.count, bytes[at] == UInt8(ascii: "]") { return .array(try close(items)) }
        repeat { items.append(try value()) } while try !ends(with: "]")
        return .array(items)
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        var members: [String: JSONValue] = [:]
        if at < bytes.count, bytes[at] == UInt8(ascii: "}") { return .object(try close(members)) }
        repeat {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw fail("a key in quotes is missing") }
            let key = try string()
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw fail("a colon is missing") }
            at += 1
            members[key] = try value()
        } while try !ends(with: "}")
        return .object(members)
    }

    private mutating func close<Value>(_ value: Value) throws(JSONSyntaxError) -> Value {
        (depth, at) = (depth + 1, at + 1)
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = at
        if bytes[at] == UInt8(ascii: "-") { at += 1 }
        let whole = try digits()
        guard whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else { throw fail("a number may not begin with 0") }
        let isWhole = try !fractionOrExponent()
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
        if isWhole, let number = Int64(text) { return .int(number) }
        guard let number = Double(text), number.isFinite else { throw fail("a number is too large") }
        return .double(number)
    }

    private mutating func fractionOrExponent() throws(JSONSyntaxError) -> Bool {
        var found = false
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            (at, found) = (at + 1, true)
            _ = try digits()
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            (at, found) = (at + 1, true)
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            _ = try digits()
        }
        return found
    }

    private mutating func digits() throws(JSONSyntaxError) -> Int {
        let start = at
        while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
        guard at > start else { throw fail("a digit is missing") }
        return at - start
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") {
            guard bytes[at] >= 0x20 else { throw fail("a control character in a text") }
            at += 1
        }
        guard at < bytes.count else { throw fail("a text does not end") }
        if bytes[at] == UInt8(ascii: "\"") {
            defer { at += 1 }
            return try decoded(UnsafeBufferPointer(rebasing: bytes[start..<at]))
        }
        return try escapedString(from: start)
    }

    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var text = Array(bytes[start..<at])
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                at += 1
                return try text.withUnsafeBufferPointerThrowing(decoded)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw fail("a control character in a text")
            default:
                text.append(bytes[at])
                at += 1
            }
        }
        throw fail("a text does not end")
    }

    private func decoded(_ slice: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw fail("a text is not UTF-8") }
        return text
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard at + 1 < bytes.count else { throw fail("a text does not end") }
        let letter = bytes[at + 1]
        at += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try unicodeEscape()).utf8)
        default: throw fail("unknown escape")
        }
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Character {
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard (0xD800..<0xDC00).contains(first), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
            bytes[at + 1] == UInt8(ascii: "u")
        else { throw fail("half of a surrogate pair") }
        at += 2
        let second = try fourHexDigits()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fail("half of a surrogate pair") }
        return Character(scalar)
    }

    private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
        guard at + 4 <= bytes.count else { throw fail("a text does not end") }
        var number: UInt32 = 0
        for byte in bytes[at..<at + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { throw fail("not a hexadecimal digit") }
            number = number << 4 | UInt32(digit)
        }
        at += 4
        return number
    }
}

extension Array<UInt8> {
    /// `withUnsafeBufferPointer` for a body with a typed error.
    fileprivate func withUnsafeBufferPointerThrowing<Value, Problem: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Problem) -> Value
    ) throws(Problem) -> Value {
        let result = withUnsafeBufferPointer { bytes -> Result<Value, Problem> in
            do throws(Problem) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
