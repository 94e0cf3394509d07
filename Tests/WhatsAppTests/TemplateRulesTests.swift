import Core
import Testing
import WhatsApp

/// What WhatsApp asks of a template, each rule kept at its edge and broken just beyond it.
@Suite struct TemplateRulesTests {
    private static func check(body: String, buttons: JSONValue = []) throws -> String? {
        let content = try TemplateContent(json: ["body": .string(body), "buttons": buttons])
        do throws(InputError) { try TemplateRules.check(content) } catch { return "\(error.code) \(error.field ?? "")" }
        return nil
    }

    @Test(arguments: [
        ("Hello", nil), ("Hello {{1}}!", nil), ("Hello {{1}} and {{2}}.", nil), ("Hello {{name}}, how are you?", nil),
        ("{{1}} is ready.", "variable_at_edge body"), ("Ready: {{1}}", "variable_at_edge body"), ("{{1}}", "variable_at_edge body"),
        ("Your {{1}}{{2}} is ready.", "adjacent_variables body"), ("Your {{1}} {{2}} is ready.", "adjacent_variables body"),
        ("Your {{1}}\n\n{{2}} is ready.", "adjacent_variables body"), ("Your {{1}}, {{2}} is ready.", nil),
        ("Hi {{1}}!", nil), ("Hi {{1}}, {{2}}!", "too_many_variables body"), ("Hi {{1}}, {{1}}!", nil),
        ("-{{1}}-", "too_many_variables body"),
        ("Labas, {{1}}: {{2}} ir {{3}}.", "too_many_variables body"), ("Labas rytas, {{1}}: {{2}} ir {{3}}.", nil), ("مرحبا {{1}}.", nil),
    ])
    func `variables stand inside the text, apart from each other, and are fewer than its words`(body: String, problem: String?) throws {
        #expect(try Self.check(body: body) == problem)
    }

    private static let url: JSONValue = ["type": "url", "text": "Open", "url": "https://shop.example/{{1}}"]
    private static let phone: JSONValue = ["type": "phone", "text": "Call", "number": "+14155551234"]
    private static let code: JSONValue = ["type": "copy_code"]

    private static let buttons: [(JSONValue, String?)] = [
        ([], nil), ([url, url], nil), ([url, url, url], "too_many_buttons buttons"), ([phone], nil),
        ([phone, phone], "too_many_buttons buttons"), ([code], nil), ([code, code], "too_many_buttons buttons"),
        (["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"], nil), (["A", "B", url, phone, code, url], nil), ([url, phone, "A", "B"], nil),
        ([url, "A", phone], "mixed_buttons buttons"), (["A", url, "B"], "mixed_buttons buttons"),
        (["A", url, phone, "B"], "mixed_buttons buttons"), (["{{1}}"], "variable_in_button buttons[0].text"),
        ([url, ["type": "phone", "text": "{{1}}", "number": "+14155551234"]], "variable_in_button buttons[1].text"),
        ([["type": "phone", "text": "Call", "number": "4155551234"]], "invalid_phone buttons[0].number"),
        ([["type": "phone", "text": "Call", "number": "+1"]], "invalid_phone buttons[0].number"),
    ]

    @Test(arguments: buttons)
    func `buttons are counted by kind and quick replies stand together`(buttons: JSONValue, problem: String?) throws {
        #expect(try Self.check(body: "Hello", buttons: buttons) == problem)
    }

    @Test(arguments: [
        ("https://shop.example", true), ("http://shop.example/a", true), ("https://shop.example/{{1}}", true),
        ("https://shop.example/?id={{1}}", true), ("https://shop.example/{{1}}/x", false), ("https://{{1}}.example/a", false),
        ("https://shop.example/{{1}}{{2}}", false), ("https://shop.example/{{2}}", false), ("https://shop.example/{{name}}", false),
        ("ftp://shop.example", false), ("shop.example", false), ("https://", false), ("{{1}}", false), ("https://shop.example/a b", false),
        ("https://shop.example/{x}", false),
    ])
    func `an address begins with its scheme and ends with its only variable`(url: String, isFit: Bool) throws {
        let problem = try Self.check(body: "Hello", buttons: [["type": "url", "text": "Open", "url": .string(url)]])
        #expect(problem == (isFit ? nil : "invalid_url buttons[0].url"))
    }

    private struct Length: Sendable, CustomTestStringConvertible {
        let limit: Int
        let key: String
        let value: @Sendable (String) -> JSONValue
        var testDescription: String { "\(key) \(limit)" }

        init(_ key: String, _ limit: Int, _ value: @escaping @Sendable (String) -> JSONValue) {
            (self.limit, self.key, self.value) = (limit, key, value)
        }

        func content(_ length: Int) throws -> TemplateContent {
            let members: [String: JSONValue] = ["body": "Hello"]
            return try TemplateContent(json: .object(members.merging([key: value(String(repeating: "a", count: length))]) { $1 }))
        }
    }

    private static let lengths = [
        Length("body", 1024) { .string($0) }, Length("header", 60) { .string($0) }, Length("footer", 60) { .string($0) },
        Length("buttons", 10) { .array($0.map { _ in "A" }) }, Length("buttons", 25) { [.string($0)] },
        Length("buttons", 2000) { [["type": "url", "text": "A", "url": .string($0)]] },
    ]

    /// Lengths are looked at when the content is read.
    @Test(arguments: lengths)
    private func `a length is taken at its limit and refused beyond it`(length: Length) throws {
        _ = try length.content(length.limit)
        #expect(throws: InputError.self) { try length.content(length.limit + 1) }
    }
}
