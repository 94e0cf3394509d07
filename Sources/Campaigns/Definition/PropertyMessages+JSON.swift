import Core

extension PropertyMessages {
    static let keys = ["property", "cases", "default"]

    /// Reads `{property, cases: [{value, template, language?, variables?}], default: {template, language?, variables?}}`.
    init(_ input: InputObject) throws(InputError) {
        property = try input.line("property", limit: 120)
        cases = []
        var seen: Set<String> = []
        for item in try input.items("cases", atMost: 50) {
            let keys = ["value"] + TemplateChoice.keys
            let reader = try InputObject(item.value, path: item.path, code: "invalid_campaign", keys: keys)
            guard let value = reader["value"], let key = Self.key(value) else {
                throw reader.error("value", "value must be a text, a number, true or false.")
            }
            guard seen.insert(key).inserted else { throw reader.error("value", "Another case has this value.") }
            cases.append(Case(value: value, choice: try TemplateChoice(reader)))
        }
        guard !cases.isEmpty else { throw input.error("cases", "There are 1 to 50 cases.") }
        guard input["default"] != nil else {
            throw input.error("default", "A default is required: the message for everybody who has none of the values.")
        }
        standard = try TemplateChoice(input.object("default", keys: TemplateChoice.keys))
    }

    var members: [String: JSONValue] {
        let items = cases.map { item -> JSONValue in .object(item.choice.members.merging(["value": item.value]) { $1 }) }
        return ["property": .string(property), "cases": .array(items), "default": .object(standard.members)]
    }
}
