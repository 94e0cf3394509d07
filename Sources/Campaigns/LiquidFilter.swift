import Core

/// The Liquid filters that this release has; they mean what they mean in Shopify's Liquid.
enum LiquidFilter: Hashable, Sendable {
    /// `default: "there"`, for what is missing, blank or false.
    case fallback(String)
    case upcase
    case downcase
    /// First letter big, the others small.
    case capitalize
    case strip
    /// At most so many characters, the ending included.
    case truncate(Int, String)

    static let names = ["default", "upcase", "downcase", "capitalize", "strip", "truncate"]

    /// - Parameter print: how a value that is no text is written.
    func apply(to value: JSONValue?, print: (JSONValue) -> String?) -> JSONValue? {
        let text = value.flatMap(print)
        if case .fallback(let fallback) = self {
            let isNothing = value == .bool(false) || text.map(ParameterText.isBlank) ?? true
            return isNothing ? .string(fallback) : value
        }
        return text.map { .string(apply(to: $0)) }
    }

    private func apply(to text: String) -> String {
        switch self {
        case .fallback: text
        case .upcase: text.uppercased()
        case .downcase: text.lowercased()
        case .capitalize: text.prefix(1).uppercased() + text.dropFirst().lowercased()
        case .strip: String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        case .truncate(let limit, let ending):
            text.count <= limit ? text : text.prefix(max(0, limit - ending.count)) + ending
        }
    }
}
