import Core
import Liquid

extension PropertyOutput {
    /// Reads `{"property": "Name", "default": "there"}` or `{"event_property": "Amount", "default": "0"}`.
    init(_ json: JSONValue, field: String) throws(InputError) {
        let input = try InputObject(json, path: field, code: "invalid_variable", keys: ["property", "event_property", "default"])
        guard input["property"] == nil || input["event_property"] == nil else {
            throw input.error("event_property", "Give property for one of the person, or event_property for one of the event, not both.")
        }
        (owner, name) =
            input["event_property"] == nil
            ? (.profile, try input.line("property", limit: 120)) : (.event, try input.line("event_property", limit: 120))
        fallback = try input.lineIfPresent("default", limit: ParameterText.limit)
        guard fallback.map(ParameterText.isAllowed) ?? true else { throw input.error("default", ParameterText.rule) }
    }
}

extension Template {
    /// Reads a variable's text and checks what can be known before anybody's properties are.
    init(variable text: String, field: String) throws(InputError) {
        do throws(LiquidError) {
            try self.init(parsing: text)
        } catch {
            throw InputError(code: "invalid_variable", field: field, error.line == 1 ? error.message : error.description)
        }
        for read in reads { try Self.check(read, field: field) }
        try checkFixedText(field: field)
    }

    private static func check(_ read: ScopeRead, field: String) throws(InputError) {
        func problem(_ message: String) -> InputError { InputError(code: "invalid_variable", field: field, message) }
        guard PropertyOwner(rawValue: read.object) != nil else {
            throw problem(
                "\(read.object) is not known here. A property begins with Profile. or Event. (with a capital letter), as in \(Personalisation.example); a text stands in quotes."
            )
        }
        guard let name = read.property, !name.isEmpty, name.count <= 120 else {
            throw problem(#"A property is written \#(read.object).Name or \#(read.object)["Customer Type"]."#)
        }
    }

    private func checkFixedText(field: String) throws(InputError) {
        let isBlank = constantText.map(ParameterText.isBlank) ?? false
        guard !isBlank, (certainTexts + possibleTexts + defaults).allSatisfy(ParameterText.isAllowed) else {
            throw InputError(code: "invalid_value", field: field, ParameterText.rule)
        }
        guard certainTexts.reduce(0, { $0 + $1.count }) <= ParameterText.limit else {
            throw InputError(code: "invalid_value", field: field, "A value has at most \(ParameterText.limit) characters.")
        }
    }
}

extension Personalisation {
    static let example = #"{{ Profile.Name | default: "there" }}"#
}
