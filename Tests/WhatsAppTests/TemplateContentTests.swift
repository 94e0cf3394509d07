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

    @Test func `every header and every button is written as it was read`() throws {
        for header in ["Hi {{1}}", ["type": "image"], ["type": "video"], ["type": "document"], ["type": "location"]] as [JSONValue] {
            let json: JSONValue = ["category": "marketing", "body": "Hello", "header": header]
            #expect(try TemplateContent(json: json).json == json)
        }
        let buttons: JSONValue = [
            "Yes", ["type": "url", "text": "Open", "url": "https://shop.example/{{1}}"],
            ["type": "phone", "text": "Call", "number": "+14155551234"], ["type": "copy_code", "text": "Copy"],
        ]
        let content = try TemplateContent(json: ["body": "Hello {{1}}!", "header": ["type": "image"], "buttons": buttons])
        #expect(content.json["buttons"] == buttons)
        #expect(content.slots == [.body(1), .header, .button(1), .button(3)])
        #expect(content.slots.map(\.key) == ["1", "header", "button_1", "button_3"])
        #expect(content.slots.compactMap { TemplateSlot(key: $0.key) } == content.slots)
    }

    @Test func `a body is enough and the category is then marketing`() throws {
        let content = try TemplateContent(json: ["body": "Hello", "header": nil])
        #expect(content == TemplateContent(category: .marketing, body: try TemplateText("Hello", field: "body")))
    }

    private static let broken: [(field: String, value: JSONValue)] = [
        ("category", "news"), ("header", ""), ("header", ["image": "x"]), ("header", "{{1}} and {{2}}"), ("header", ["type": "carousel"]),
        ("header", .string(String(repeating: "a", count: 61))), ("footer", .string(String(repeating: "a", count: 61))),
        ("footer", "{{1}}"), ("body", ""), ("body", 5), ("body", .string(String(repeating: "a", count: 1025))), ("body", "{{2}}"),
        ("buttons", "Yes"), ("buttons[0].text", [""]),
        ("buttons[1].text", ["Yes", .string(String(repeating: "a", count: 26))]), ("buttons[0]", [["type": "dance", "text": "x"]]),
        ("buttons[0].url", [["type": "url", "text": "Open"]]), ("buttons[0].number", [["type": "phone", "text": "Call", "number": 5]]),
        ("buttons", .array(Array(repeating: "a", count: 11))),
    ]

    @Test(arguments: broken)
    func `a broken rule is refused with its field`(field: String, value: JSONValue) {
        var members = Self.full.object ?? [:]
        members[String(field.prefix { $0 != "[" })] = value
        let error = #expect(throws: InputError.self) { try TemplateContent(json: .object(members)) }
        #expect(error?.field == field)
    }
}
