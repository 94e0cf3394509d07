import Core
import Testing
import WhatsApp

@Suite struct TemplateContentTests {
    static let full: JSONValue = [
        "category": "utility", "header": "Your order", "body": "Hello {{1}}\nReady at {{2}}", "footer": "Thank you",
        "buttons": ["Yes", "No"],
    ]

    @Test func `what was read is written the same`() throws {
        let content = try TemplateContent(json: Self.full)
        #expect(content.json == Self.full)
        #expect(try TemplateContent(json: content.json) == content)
    }

    @Test func `a body is enough and the category is then marketing`() throws {
        let content = try TemplateContent(json: ["body": "Hello", "header": nil])
        #expect(content == TemplateContent(category: .marketing, body: try TemplateText("Hello", field: "body")))
    }

    private static let broken: [(field: String, value: JSONValue)] = [
        ("category", "news"), ("header", ""), ("header", ["image": "x"]), ("header", "Hello {{1}}"),
        ("header", .string(String(repeating: "a", count: 61))), ("footer", .string(String(repeating: "a", count: 61))),
        ("footer", "{{1}}"), ("body", ""), ("body", 5), ("body", .string(String(repeating: "a", count: 1025))), ("body", "{{2}}"),
        ("buttons", "Yes"), ("buttons", [""]), ("buttons", [.string(String(repeating: "a", count: 26))]),
        ("buttons", .array(Array(repeating: "a", count: 11))),
    ]

    @Test(arguments: broken)
    func `a broken rule is refused with its field`(field: String, value: JSONValue) {
        var members = Self.full.object ?? [:]
        members[field] = value
        let error = #expect(throws: InputError.self) { try TemplateContent(json: .object(members)) }
        #expect(error?.field == field)
    }
}
