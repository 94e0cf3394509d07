/// The filters that there are; they mean what they mean in Shopify's Liquid.
enum FilterName: String, Sendable, CaseIterable {
    case fallback = "default"
    case date
    case upcase, downcase, capitalize, strip, lstrip, rstrip
    case stripNewlines = "strip_newlines"
    case truncate, truncatewords, append, prepend, replace
    case replaceFirst = "replace_first"
    case remove
    case removeFirst = "remove_first"
    case escape
    case urlEncode = "url_encode"
    case urlDecode = "url_decode"
    case split, join, first, last, size, sort, uniq, reverse, slice
    case plus, minus, times
    case dividedBy = "divided_by"
    case modulo, round, ceil, floor, abs
    case atLeast = "at_least"
    case atMost = "at_most"

    static let list = allCases.map(\.rawValue).joined(separator: ", ")

    /// How many values may follow its colon.
    var arguments: ClosedRange<Int> {
        switch self {
        case .fallback, .date, .append, .prepend, .remove, .removeFirst, .split, .plus, .minus, .times, .dividedBy, .modulo, .atLeast,
            .atMost:
            1...1
        case .replace, .replaceFirst: 2...2
        case .truncate, .truncatewords: 0...2
        case .slice: 1...2
        case .join, .round: 0...1
        default: 0...0
        }
    }
}
