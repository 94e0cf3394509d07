import Campaigns
import Channels
import Core
import Profiles

extension DirectCall {
    private static let peopleLimit = 1000
    private static let kinds: [(key: String, kind: IdentityKind)] = [
        ("Identity", .identity), ("objectId", .objectID), ("FBID", .facebook), ("GPID", .google),
    ]

    /// Reads `{to: {Identity?, Email?, objectId?, FBID?, GPID?}, tag_group?, provider_nick_name?, respect_frequency_caps?, content,
    /// message_id?}`.
    init(_ body: JSONValue, channel: Channel, templates: [Template]) throws(InputError) {
        let to = body["to"]?.object ?? [:]
        var ids: [(kind: IdentityKind, value: String)] = []
        for (key, kind) in Self.kinds { for value in try Self.texts(to, key) { ids.append((kind, value)) } }
        let emails = try Self.texts(to, "Email")
        guard !ids.isEmpty || !emails.isEmpty else { throw Fault.empty("to") }
        guard ids.count + emails.count <= Self.peopleLimit else { throw Fault.plain("to names more than \(Self.peopleLimit) people") }
        self.init(
            tag: try Self.line(body["tag_group"], "tag_group", 120) ?? "default", channel: channel.id,
            what: try TargetContent(body["content"], among: templates).json,
            respectsAccountLimits: body["respect_frequency_caps"]?.bool ?? true,
            messageID: try Self.line(body["message_id"], "message_id", 8), ids: ids, emails: emails)
    }

    private static func texts(_ to: [String: JSONValue], _ key: String) throws(InputError) -> [String] {
        guard let value = to[key] ?? to[key.lowercased()], !value.isNull else { return [] }
        guard let items = value.array else { throw Fault.plain("\(key) must be an array (inside to)") }
        var texts: [String] = []
        for item in items {
            guard let text = item.string ?? item.int.map(String.init), !text.isEmpty else {
                throw Fault.plain("\(key) must hold texts (inside to)")
            }
            texts.append(text)
        }
        return texts
    }

    /// Nil when it is missing or empty.
    private static func line(_ value: JSONValue?, _ key: String, _ limit: Int) throws(InputError) -> String? {
        guard let value, !value.isNull, value != "" else { return nil }
        let text = value.string ?? value.int.map(String.init) ?? ""
        guard (1...limit).contains(text.count), text.contains(where: { !$0.isWhitespace }),
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else {
            throw Fault.plain("\(key) is one line of at most \(limit) characters")
        }
        return text
    }
}
