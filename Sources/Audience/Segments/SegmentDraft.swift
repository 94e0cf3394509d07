package import Core
import ZoneTime

/// What a caller wants to save: `{name, where}` or `{name, live}`.
package struct SegmentDraft: Hashable, Sendable {
    package var name: String
    package var content: SegmentContent

    package init(name: String, content: SegmentContent) { (self.name, self.content) = (name, content) }

    /// Characters of a name, at most.
    package static let nameLimit = 120
    static let code = "invalid_segment"
}

extension SegmentDraft {
    /// Reads `{name, where}`, where `where` is as `AudienceRule` reads it, or `{name, live: {type, …}}` with the type of a live
    /// campaign and what `LiveRule` reads for it.
    /// - Throws: `InputError` `invalid_segment` or `invalid_rule`, whose field is the path of what is wrong.
    package init(json: JSONValue) throws(InputError) {
        let input = try InputObject(json, code: Self.code, keys: ["name", "where", "live"])
        name = try Self.name(input)
        guard let content = try Self.content(input) else {
            throw input.error("where", "A segment needs a rule: where for past behaviour, live for what happens from now on.")
        }
        self.content = content
    }

    static func name(_ input: InputObject) throws(InputError) -> String {
        SegmentName(try input.line("name", limit: nameLimit)).text
    }

    /// Nil when neither `where` nor `live` is there.
    static func content(_ input: InputObject) throws(InputError) -> SegmentContent? {
        if let rule = input["where"] {
            guard input["live"] == nil else { throw input.error("live", "Give where or live, not both.") }
            return .past(try AudienceRule(json: rule, path: "where"))
        }
        return input["live"] == nil ? nil : .live(try live(input))
    }

    private static func live(_ input: InputObject) throws(InputError) -> LiveRule {
        let keys = Array((input["live"]?.object ?? [:]).keys)
        var members = try input.object("live", keys: keys).members
        guard let kind = members.removeValue(forKey: "type")?.string.flatMap(LiveTrigger.Kind.init) else {
            throw input.error("live.type", "live.type is one of: \(LiveTrigger.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return try LiveRule(json: .object(members), kind: kind, path: "live")
    }
}

/// What a caller wants to change; what is nil stays.
package struct SegmentChange: Hashable, Sendable {
    package var name: String?
    package var content: SegmentContent?

    package init(name: String? = nil, content: SegmentContent? = nil) { (self.name, self.content) = (name, content) }

    /// Reads `{name?, where?, live?}`.
    /// - Throws: as `SegmentDraft.init(json:)`.
    package init(json: JSONValue) throws(InputError) {
        let input = try InputObject(json, code: SegmentDraft.code, keys: ["name", "where", "live"])
        name = input["name"] == nil ? nil : try SegmentDraft.name(input)
        content = try SegmentDraft.content(input)
    }
}

/// A name, and what names are told apart by: two that differ only in case or in blanks at their ends are one.
struct SegmentName {
    let text: String

    init(_ text: String) {
        let tail = text.drop(while: \.isWhitespace)
        self.text = String(tail.prefix(upTo: tail.lastIndex { !$0.isWhitespace }.map(tail.index(after:)) ?? tail.startIndex))
    }

    var key: String { text.lowercased() }
}
