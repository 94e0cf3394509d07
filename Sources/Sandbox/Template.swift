import Core

/// A template as an account registered it.
struct Template: Hashable, Sendable {
    /// Gupshup's name for it; the numbers of the others follow from it.
    let id: MessageUUID
    var name: String
    /// What Vonage and the generic contract may put before the name. Nil: anything fits, for nobody said it.
    var namespace: String?
    var language: String
    /// MARKETING, UTILITY or AUTHENTICATION.
    var category: String
    var body: String
    /// A text, or the kind of a media header.
    var header: Header?
    var footer: String?
    /// Each with `type` and `text`, as Meta writes them.
    var buttons: [JSONValue]
    /// APPROVED, PAUSED, DISABLED and so on.
    var status: String
    let created: Timestamp

    enum Header: Hashable, Sendable {
        case text(String)
        /// IMAGE, VIDEO, DOCUMENT or LOCATION.
        case media(String)
    }

    /// Whether it may be called by this namespace; a name alone always does.
    func isIn(_ namespace: String?) -> Bool { namespace == nil || self.namespace == nil || namespace == self.namespace }

    var bodyVariables: Int { Self.variables(in: body) }
    var headerVariables: Int {
        switch header {
        case nil: 0
        case .text(let text): Self.variables(in: text)
        case .media: 1
        }
    }
    /// Buttons that need a value: an address with a variable, or a code to copy.
    var buttonVariables: Int {
        buttons.count { ["COPY_CODE", "OTP"].contains($0["type"]) || Self.variables(in: $0["url"]?.string ?? "") > 0 }
    }

    /// Whether a use brings the values that this template needs. A value for a quick reply may be there or not.
    func fits(_ values: TemplateUse.Values) -> Bool {
        let quickReplies = buttons.count { $0["type"] == "QUICK_REPLY" }
        let texts = if case .text = header { headerVariables } else { 0 }
        return switch values {
        case .parts(let header, let body, let buttons):
            header == headerVariables && body == bodyVariables
                && (buttonVariables...(buttonVariables + quickReplies)).contains(buttons)
        case .body(let count): count == bodyVariables && headerVariables == 0 && buttonVariables == 0
        case .list(let count): count == texts + bodyVariables + buttonVariables
        case .filledIn: true
        }
    }

    /// The different `{{…}}` of a text.
    static func variables(in text: String) -> Int { names(in: text).count }

    /// What they are called, in the order in which they first appear.
    static func names(in text: String) -> [String] {
        pieces(of: text).compactMap(\.variable).reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
    }

    /// What a text has between its variables, and their names.
    private static func pieces(of text: String) -> [(literal: String, variable: String?)] {
        var pieces: [(literal: String, variable: String?)] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            pieces.append((String(rest[..<start.lowerBound]), String(rest[start.upperBound..<end.lowerBound])))
            rest = rest[end.upperBound...]
        }
        return pieces + [(String(rest), nil)]
    }

    /// The values that turn the body into `text`; nil when none do.
    func values(in text: String) -> [String]? {
        let pieces = Self.pieces(of: body)
        guard let first = pieces.first, text.hasPrefix(first.literal) else { return nil }
        var rest = text.dropFirst(first.literal.count)
        var values: [String] = []
        for (index, piece) in pieces.enumerated().dropFirst() {
            let isLast = index == pieces.count - 1
            guard let end = Self.end(of: rest, before: piece.literal, isLast: isLast), end > rest.startIndex else { return nil }
            values.append(String(rest[..<end]))
            rest = rest[end...].dropFirst(piece.literal.count)
        }
        return rest.isEmpty ? values : nil
    }

    /// Where a value ends: before what follows it, the last one where the text ends.
    private static func end(of text: Substring, before literal: String, isLast: Bool) -> Substring.Index? {
        guard isLast else { return text.dropFirst().firstRange(of: literal)?.lowerBound }
        guard text.hasSuffix(literal) else { return nil }
        return text.index(text.endIndex, offsetBy: -literal.count)
    }
}
