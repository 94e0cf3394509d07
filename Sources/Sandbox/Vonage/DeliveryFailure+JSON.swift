import Core

extension DeliveryFailure {
    /// Reads `{title?, code?, detail?, status?}`; title and code are texts or whole numbers, one stands for both.
    init(_ json: JSONValue) throws(InputError) {
        let members = try json.members(allowing: ["title", "code", "detail", "status"])
        self.init()
        code = try Self.label(members, "code")
        if let text = try Self.label(members, "title") ?? code { title = members["title"]?.int.map(JSONValue.int) ?? .string(text) }
        if let text = try members.optionalText("detail", 1...1000) { detail = text }
        guard let status = try members.optionalText("status", 1...20) else { return }
        guard let word = Word(rawValue: status) else {
            throw InputError(code: "invalid_value", field: "fail_error.status", "status is undeliverable or rejected")
        }
        self.word = word
    }

    private static func label(_ members: [String: JSONValue], _ key: String) throws(InputError) -> String? {
        if let number = members[key]?.int { return String(number) }
        return try members.optionalText(key, 1...100)
    }

    var json: JSONValue {
        ["title": title, "code": JSONValue(code), "detail": .string(detail), "status": .string(word.rawValue)]
    }

    /// The `error` object of a status callback.
    func error(instance: String) -> JSONValue {
        let anchor = code ?? title.string ?? title.text
        return [
            "type": .string("https://developer.vonage.com/api-errors/messages#\(anchor)"), "title": title,
            "detail": .string(detail), "instance": .string(instance),
        ]
    }
}
