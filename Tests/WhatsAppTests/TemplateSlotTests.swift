import Core
import Testing
import WhatsApp

@Suite struct TemplateSlotTests {
    private static let full: JSONValue = [
        "body": "Hello {{1}}, {{2}} for you.", "header": "About {{1}}",
        "buttons": ["Yes", ["type": "url", "text": "Open", "url": "https://a.example/{{1}}"], ["type": "copy_code"]],
    ]

    private static func message(_ json: JSONValue, _ values: [String]) throws -> TemplateMessage {
        TemplateMessage(name: try TemplateName("shop:a"), language: "en", content: try TemplateContent(json: json), values: values)
    }

    @Test func `each value comes back from its place`() throws {
        let message = try Self.message(Self.full, ["Ona", "A-17", "order", "x", "SAVE5"])
        #expect(message.bodyValues == ["Ona", "A-17"])
        #expect(message.headerValue == "order")
        #expect([0, 1, 2, 3].map(message.buttonValue) == [nil, "x", "SAVE5", nil])
    }

    @Test func `values that are missing are nil and not another's`() throws {
        let message = try Self.message(Self.full, ["Ona"])
        #expect(message.bodyValues == ["Ona"])
        #expect(message.headerValue == nil)
        #expect(message.buttonValue(1) == nil)
    }

    @Test(
        arguments: [
            (["body": "Hello"], []), (["body": "Hello {{2}} {{1}}"], ["1", "2"]), (["body": "Hello", "header": "Hi"], []),
            (["body": "Hello", "header": ["type": "video"]], ["header"]), (["body": "Hello {{name}}", "buttons": ["A"]], ["1"]),
            (full, ["1", "2", "header", "button_1", "button_2"]),
        ] as [(JSONValue, [String])])
    func `the body's variables come first, then the header, then the buttons`(json: JSONValue, keys: [String]) throws {
        let slots = try TemplateContent(json: json).slots
        #expect(slots.map(\.key) == keys)
        #expect(slots == slots.sorted())
    }

    @Test(arguments: [
        "", "0", "01", "100", "-1", "+1", " 1", "1.0", "Header", "header ", "button", "button_", "button_10", "button_01", "button_-1",
        "button_a", "body",
    ])
    func `another key is none`(key: String) { #expect(TemplateSlot(key: key) == nil) }

    @Test(arguments: ["1", "99", "header", "button_0", "button_9"])
    func `a key is read as it is written`(key: String) { #expect(TemplateSlot(key: key)?.key == key) }

    @Test(arguments: [
        ("54.68,25.28", Location(latitude: 54.68, longitude: 25.28)),
        ("54.68, 25.28", Location(latitude: 54.68, longitude: 25.28)),
        ("-90,180", Location(latitude: -90, longitude: 180)), ("0,0", Location(latitude: 0, longitude: 0)),
        ("1,2;Office", Location(latitude: 1, longitude: 2, name: "Office")),
        ("1,2;Office;Street 1, B; C", Location(latitude: 1, longitude: 2, name: "Office", address: "Street 1, B; C")),
        ("1,2;;Street", Location(latitude: 1, longitude: 2, name: "", address: "Street")),
    ])
    func `a place is two degrees, a name and an address`(text: String, place: Location) {
        #expect(Location(headerValue: text) == place)
    }

    @Test(arguments: ["", ",", "1", "1,", ",2", "1,2,3", "north,2", "90.1,0", "0,-180.1", "nan,0", "inf,0", "1;2", ";1,2", "1,2x"])
    func `another text is no place`(text: String) { #expect(Location(headerValue: text) == nil) }
}
