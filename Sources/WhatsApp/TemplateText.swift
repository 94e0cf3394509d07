package import Core

/// A text with numbered variables, `Hello {{1}}, your ticket number is {{2}}.`, or with named ones, `Hello {{first_name}}.`,
/// but not both. Kept character for character, because WhatsApp compares it with what it approved.
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
    /// The names of named variables, which are numbered by their first appearance; empty when they have numbers.
    package let names: [String]

    /// - Throws: `InputError` for a gap, a number that is none, or braces that do not close.
    package init(_ source: String, field: String) throws(InputError) {
        self.source = source
        (parts, names) = try Self.parts(of: source, field: field)
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

    private static func parts(of source: String, field: String) throws(InputError) -> ([Part], names: [String]) {
        var (parts, variables, rest) = ([Part](), Variables(), source[...])
        while let open = rest.range(of: "{{") {
            guard let close = rest[open.upperBound...].range(of: "}}") else { throw wrongVariable(field) }
            guard let number = variables.number(of: rest[open.upperBound..<close.lowerBound]) else { throw wrongVariable(field) }
            if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
            parts.append(.variable(number))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        guard !variables.isMixed else {
            throw InputError(code: "mixed_variables", field: field, "Variables are all numbers or all names, not both.")
        }
        return (parts, variables.names)
    }

    private static func wrongVariable(_ field: String) -> InputError {
        InputError(
            code: "invalid_variable", field: field,
            "A variable is a number in double braces, from {{1}} to {{99}}, or a name of small letters, digits and underscores.")
    }
}

/// The variables met so far while a text is read.
private struct Variables {
    private(set) var names: [String] = []
    private var isNumbered = false

    var isMixed: Bool { isNumbered && !names.isEmpty }

    /// The number that stands in the braces, or that of the name: names are numbered as they first appear. Nil for
    /// anything else.
    mutating func number(of inner: Substring) -> Int? {
        if let number = Int(inner), (1...99).contains(number), String(number) == inner {
            isNumbered = true
            return number
        }
        guard (1...60).contains(inner.utf8.count), inner.utf8.allSatisfy(Self.isNameByte), inner.first?.isLetter == true else { return nil }
        if let known = names.firstIndex(of: String(inner)) { return known + 1 }
        names.append(String(inner))
        return names.count
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
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
