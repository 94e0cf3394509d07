import Core

/// The sizes that the vendor's document sets for profiles and events.
package enum PropertyLimits {
    /// Characters (Unicode scalars) of a text value, also inside a list.
    package static let valueLength = 512
    /// Characters of a property's name.
    package static let nameLength = 120
    /// Custom properties of one profile.
    package static let customProperties = 256
    /// Texts in a list.
    package static let listCount = 100
    package static let eventProperties = 256
    package static let eventTypes = 512
    package static let items = 256

    /// `text`, or its first `valueLength` characters.
    package static func cut(_ text: String) -> String { prefix(of: text, valueLength) }

    /// Whether a text has more than `limit` characters. Cheap for short texts.
    package static func isLonger(_ text: String, than limit: Int) -> Bool {
        text.utf8.count > limit && text.unicodeScalars.count > limit
    }

    private static func prefix(of text: String, _ limit: Int) -> String {
        isLonger(text, than: limit) ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))) : text
    }
}

/// A list property: at most 100 different texts of at most 512 characters, oldest first. A longer text is cut; with
/// more than 100 the oldest fall out.
struct MultiValue: Hashable, Sendable {
    private(set) var texts: [String] = []

    init() {}

    /// A list as it is, a single value as a list of its text, nothing as an empty list.
    init(_ value: JSONValue?) {
        switch value {
        case nil, .null: break
        case .array(let items): texts = items.compactMap(\.string)
        case .string(let text): texts = [text]
        case .some(let other): texts = [other.text]
        }
    }

    /// A text that is there already keeps its place.
    func appending(_ more: [String]) -> Self {
        var (result, seen) = (self, Set(texts))
        for text in more.map(PropertyLimits.cut) where seen.insert(text).inserted { result.texts.append(text) }
        result.texts.removeFirst(max(0, result.texts.count - PropertyLimits.listCount))
        return result
    }

    func removing(_ gone: [String]) -> Self {
        let gone = Set(gone.map(PropertyLimits.cut))
        var result = self
        result.texts.removeAll(where: gone.contains)
        return result
    }

    var value: JSONValue? { texts.isEmpty ? nil : .array(texts.map(JSONValue.string)) }
}
