/// A JSON object that somebody sent, read member by member. Every complaint names the member by its path
/// (`who.where.did[0].event`), and a member that nobody asked for is refused, because it is most likely a slip.
package struct InputObject: Sendable {
    /// Where the object stands; empty for the whole body.
    package let path: String
    package let members: [String: JSONValue]
    private let code: String

    /// - Parameters:
    ///   - code: the code of every complaint, such as `invalid_campaign`.
    ///   - keys: the members there may be; null counts as missing.
    /// - Throws: `InputError` when `value` is no object or has another member.
    package init(_ value: JSONValue, path: String = "", code: String, keys: [String]) throws(InputError) {
        (self.path, self.code) = (path, code)
        guard let members = value.object else {
            let name = path.isEmpty ? "The body" : path
            throw InputError(code: code, field: path.isEmpty ? nil : path, "\(name) must be a JSON object.")
        }
        self.members = members.filter { !$0.value.isNull }
        guard let stranger = members.keys.sorted().first(where: { !keys.contains($0) }) else { return }
        throw error(stranger, "\(stranger) is not known here. Known are: \(keys.joined(separator: ", ")).")
    }

    package subscript(_ key: String) -> JSONValue? { members[key] }

    /// The path of a member.
    package func field(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// A complaint about a member.
    package func error(_ key: String, _ message: String) -> InputError { InputError(code: code, field: field(key), message) }

    /// One line of text with at most `limit` characters, blanks at its ends included, that is not blank.
    package func line(_ key: String, limit: Int) throws(InputError) -> String {
        let problem = error(key, "\(key) must be one line of text with 1 to \(limit) characters.")
        guard let text = members[key]?.string, text.count <= limit, text.contains(where: { !$0.isWhitespace }),
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { throw problem }
        return text
    }

    /// The same; nil when the member is missing.
    package func lineIfPresent(_ key: String, limit: Int) throws(InputError) -> String? {
        members[key] == nil ? nil : try line(key, limit: limit)
    }

    /// True or false; `fallback` when the member is missing.
    package func flag(_ key: String, default fallback: Bool) throws(InputError) -> Bool {
        guard let value = members[key] else { return fallback }
        guard let flag = value.bool else { throw error(key, "\(key) must be true or false.") }
        return flag
    }

    /// An object inside this one.
    package func object(_ key: String, keys: [String]) throws(InputError) -> InputObject {
        guard let value = members[key] else { throw error(key, "\(field(key)) is missing.") }
        return try InputObject(value, path: field(key), code: code, keys: keys)
    }

    /// The items of an array, each with its path; none when the member is missing.
    package func items(_ key: String, atMost limit: Int = 100) throws(InputError) -> [(value: JSONValue, path: String)] {
        guard let value = members[key] else { return [] }
        guard let items = value.array, items.count <= limit else {
            throw error(key, "\(key) must be an array with at most \(limit) items.")
        }
        return items.enumerated().map { ($1, "\(field(key))[\($0)]") }
    }
}
