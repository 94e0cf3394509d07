package import Core

/// A text with numbered variables: `Hello {{1}}, your ticket number is {{2}}`. Kept character for character, because
/// WhatsApp compares it with what it approved.
package struct TemplateText: Hashable, Sendable {
    /// A piece of the text, or the place of a variable.
    package enum Part: Hashable, Sendable {
        case text(String)
        case variable(Int)
    }

    package let source: String
    package let parts: [Part]
    /// How many different variables there are; they are numbered from 1 to this without a gap.
    package let variableCount: Int

    /// - Throws: `InputError` for a gap, a number that is none, or braces that do not close.
    package init(_ source: String, field: String) throws(InputError) {
        self.source = source
        parts = try Self.parts(of: source, field: field)
        let numbers = Set(parts.compactMap { if case .variable(let number) = $0 { number } else { nil } })
        variableCount = numbers.count
        guard let missing = (1..<(numbers.count + 1)).first(where: { !numbers.contains($0) }) else { return }
        throw InputError(
            code: "variable_gap", field: field,
            "Variables are numbered from {{1}} without gaps; {{\(missing)}} is missing.")
    }

    /// The text as the receiver sees it. `parameters[0]` fills `{{1}}`; a missing one stays as its number in braces.
    package func filled(with parameters: [String]) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .variable(let number): number <= parameters.count ? parameters[number - 1] : "{{\(number)}}"
            }
        }.joined()
    }

    private static func parts(of source: String, field: String) throws(InputError) -> [Part] {
        var (parts, rest) = ([Part](), source[...])
        while let open = rest.range(of: "{{") {
            guard let close = rest[open.upperBound...].range(of: "}}") else { throw wrongVariable(field) }
            let inner = rest[open.upperBound..<close.lowerBound]
            guard let number = Int(inner), (1...99).contains(number), String(number) == inner else { throw wrongVariable(field) }
            if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
            parts.append(.variable(number))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return parts
    }

    private static func wrongVariable(_ field: String) -> InputError {
        InputError(code: "invalid_variable", field: field, "A variable is a number in double braces, from {{1}} to {{99}}.")
    }
}

extension Substring {
    /// Where `text` first stands; Foundation's search is not needed for this.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            formIndex(after: &start)
        }
        return nil
    }
}
