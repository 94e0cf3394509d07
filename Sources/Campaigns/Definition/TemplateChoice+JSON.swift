import Channels
package import Core
import WhatsApp

extension TemplateChoice {
    static let keys = ["template", "language", "variables"]

    /// Reads `{template, language?, variables?}`.
    init(_ input: InputObject) throws(InputError) {
        template = try Self.template(input)
        language = try TemplateLanguage.read(input["language"], field: input.field("language"))
        variables = try Self.variables(input)
    }

    package var members: [String: JSONValue] {
        [
            "template": .string(template.description), "language": .string(language),
            "variables": .object(Dictionary(variables.map { ($0.key, $1.json) }) { $1 }),
        ]
    }

    private static func template(_ input: InputObject) throws(InputError) -> TemplateName {
        guard let name = input["template"]?.string else {
            throw input.error("template", "A campaign needs a template, named <namespace>:<name>, as in shop:order_ready.")
        }
        return try TemplateName(name, field: input.field("template"))
    }

    private static func variables(_ input: InputObject) throws(InputError) -> [TemplateSlot: Personalisation] {
        guard let value = input["variables"] else { return [:] }
        guard let members = value.object else {
            throw input.error("variables", #"variables must be an object, as in {"1": "{{ Profile.Name }}", "2": "fixed text"}."#)
        }
        var variables: [TemplateSlot: Personalisation] = [:]
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let slot = TemplateSlot(key: key) else {
                throw input.error(
                    "variables.\(key.prefix(40))",
                    "A variable is named by its number, from 1; a header by header, a button by button_0 and so on.")
            }
            variables[slot] = try Personalisation(json: value, field: "\(input.field("variables")).\(key)")
        }
        return variables
    }
}
