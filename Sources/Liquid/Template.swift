package import Core

/// A text in Shopify's template language, read once and rendered for many people.
///
/// The subset: outputs with filters, the tags of `Parser.tags`, and white space control with dashes. It differs from
/// Shopify's where that serves messages: a property that is not there and has no default ends the rendering; `default`
/// also replaces blanks; lists are printed with commas, whole numbers without a fraction, and `$D_1700000000` as a date.
/// Values are never read as Liquid again.
package struct Template: Sendable {
    /// In UTF-8 bytes.
    package static let textLimit = 16 * 1024

    package let source: String
    let nodes: [Node]
    private let survey: Survey

    /// - Throws: `LiquidError` for a tag, filter or form that is not known, for tags nested more than 50 deep, and for a
    ///   text longer than `textLimit`.
    package init(parsing text: String) throws(LiquidError) {
        guard text.utf8.count <= Self.textLimit else {
            throw LiquidError(message: "A template has at most \(Self.textLimit / 1024) KB of text.", line: 1, column: 1)
        }
        var parser = Parser(text)
        nodes = try parser.template()
        (source, survey) = (text, Survey(of: nodes))
    }

    /// - Parameters:
    ///   - scope: the objects by name, such as `Profile` and `Event`.
    ///   - now: what `"now" | date: …` stands for.
    ///   - offset: the seconds east of UTC in which dates are read and printed, at a moment.
    package func render(
        _ scope: [String: JSONValue], at now: Timestamp, offset: @escaping @Sendable (Timestamp) -> Int = { _ in 0 },
        limits: RenderLimits = RenderLimits()
    ) -> Rendered {
        if let text = constantText, text.utf8.count <= limits.outputBytes { return .text(text) }
        var renderer = Renderer(scope: scope, now: now, printer: ValuePrinter(dates: .digits, offset: offset), limits: limits)
        do throws(Stop) {
            try renderer.render(nodes)
            return .text(renderer.output)
        } catch {
            switch error {
            case .aborted: return .aborted
            case .missing(let name): return .missing(name)
            case .timedOut: return .timedOut
            }
        }
    }
}

extension Template {
    /// What it reads of the scope, in conditions and filters too, in the order of the text and each once. Names that it
    /// gives itself (assign, capture, the variables of loops) are left out.
    package var reads: [ScopeRead] { survey.reads }

    /// The objects it reads, such as `Profile`.
    package var roots: Set<String> { Set(reads.map(\.object)) }

    /// What it always comes to; nil when it has a tag.
    package var constantText: String? {
        switch nodes.count {
        case 0: ""
        case 1: if case .text(let text) = nodes[0] { text } else { nil }
        default: survey.hasTags ? nil : survey.certainTexts.joined()
        }
    }

    /// The fixed texts that stand outside all tags, so that each rendering which ends well has them.
    package var certainTexts: [String] { survey.certainTexts }

    /// The fixed texts that stand inside tags and may be printed. What is captured is left out, since filters may
    /// change it.
    package var possibleTexts: [String] { survey.possibleTexts }

    /// The fixed texts that `default` filters put in.
    package var defaults: [String] { survey.defaults }
}

/// Equal when written alike.
extension Template: Hashable {
    package static func == (a: Self, b: Self) -> Bool { a.source == b.source }
    package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
