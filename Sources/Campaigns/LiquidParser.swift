import Core

/// Reads text with Liquid output tags: `Hello {{ Profile.Name | default: "there" | upcase }}`.
struct LiquidParser {
    private let field: String
    private var rest: Substring

    init(_ text: String, field: String) { (rest, self.field) = (text[...], field) }

    func parts() throws(InputError) -> [Personalisation.Part] {
        var parser = self
        return try parser.readParts()
    }

    private mutating func readParts() throws(InputError) -> [Personalisation.Part] {
        var (parts, text) = ([Personalisation.Part](), "")
        while let character = rest.first {
            if rest.hasPrefix("{%") {
                throw problem("Tags in {% %} are not known in this version; only {{ Profile.Name }} with filters is.")
            }
            guard rest.hasPrefix("{{") else {
                text.append(character)
                rest.removeFirst()
                continue
            }
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
            parts.append(.output(try output()))
        }
        return text.isEmpty && !parts.isEmpty ? parts : parts + [.text(text)]
    }

    /// From `{{` to `}}`.
    private mutating func output() throws(InputError) -> ProfileOutput {
        rest.removeFirst(2)
        var output = ProfileOutput(property: try property(), filters: [], dates: .digits)
        while !take("}}") {
            guard take("|") else { throw problem("A tag ends with }} or goes on with | and a filter, as in \(Self.example).") }
            output.filters.append(try filter())
        }
        return output
    }

    private mutating func property() throws(InputError) -> String {
        let object = word()
        if object == "Event" {
            throw problem("Event. is known only in campaigns that an event triggers; this one knows Profile., as in \(Self.example).")
        }
        guard object == "Profile" else {
            throw problem("A tag begins with Profile. (with a capital letter), as in \(Self.example).")
        }
        if take(".") {
            let name = word()
            guard !name.isEmpty else { throw problem("A property's name is missing after Profile.") }
            return name
        }
        guard take("["), let name = try text(), take("]"), !name.isEmpty, name.count <= 120 else {
            throw problem(#"A property is written Profile.Name or Profile["Customer Type"]."#)
        }
        return name
    }

    private mutating func filter() throws(InputError) -> LiquidFilter {
        let name = word()
        let arguments = take(":") ? try arguments() : []
        switch (name, arguments.count) {
        case ("default", 1): return .fallback(arguments[0])
        case ("upcase", 0): return .upcase
        case ("downcase", 0): return .downcase
        case ("capitalize", 0): return .capitalize
        case ("strip", 0): return .strip
        case ("truncate", 0...2): return try truncate(arguments)
        case (let name, _) where LiquidFilter.names.contains(name):
            throw problem("The filter \(name) takes \(name == "default" ? "one value" : "no value").")
        default:
            throw problem("There is no filter \(name) here. Known are: \(LiquidFilter.names.joined(separator: ", ")).")
        }
    }

    private func truncate(_ arguments: [String]) throws(InputError) -> LiquidFilter {
        guard let limit = Int(arguments.first ?? "50"), (1...ParameterText.limit).contains(limit) else {
            throw problem("truncate takes a number of characters from 1 to \(ParameterText.limit).")
        }
        return .truncate(limit, arguments.count == 2 ? arguments[1] : "...")
    }

    private mutating func arguments() throws(InputError) -> [String] {
        var values: [String] = []
        repeat {
            if let text = try text() {
                values.append(text)
            } else {
                let number = word(alsoTaking: ".")
                guard Double(number) != nil else { throw problem("A filter's value is a text in quotes or a number.") }
                values.append(number)
            }
        } while take(",")
        for value in values where !ParameterText.isAllowed(value) { throw problem(ParameterText.rule) }
        return values
    }

    /// A text in single or double quotes; nil when none begins here.
    private mutating func text() throws(InputError) -> String? {
        skipBlanks()
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        let inner = rest.dropFirst()
        guard let end = inner.firstIndex(of: quote) else { throw problem("A text in quotes does not end.") }
        rest = inner[inner.index(after: end)...]
        return String(inner[..<end])
    }

    /// Letters, digits, `_` and `-`.
    private mutating func word(alsoTaking extra: Character? = nil) -> String {
        skipBlanks()
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == extra }
        rest = rest[word.endIndex...]
        return String(word)
    }

    private mutating func take(_ sign: String) -> Bool {
        skipBlanks()
        guard rest.hasPrefix(sign) else { return false }
        rest.removeFirst(sign.count)
        return true
    }

    private mutating func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }

    private func problem(_ message: String) -> InputError { InputError(code: "invalid_variable", field: field, message) }

    private static let example = #"{{ Profile.Name | default: "there" }}"#
}
