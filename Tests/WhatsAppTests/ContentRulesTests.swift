import Core
import Testing
import WhatsApp

/// Each limit of WhatsApp's, at its edge and one beyond (Meta, "Messages").
@Suite struct ContentRulesTests {
    private struct Limit: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let range: ClosedRange<Int>
        let content: @Sendable (Int) -> OutboundContent

        init(_ name: String, _ range: ClosedRange<Int>, _ content: @escaping @Sendable (Int) -> OutboundContent) {
            (testDescription, self.range, self.content) = (name, range, content)
        }
    }

    private static func isTaken(_ content: OutboundContent) -> Bool {
        do throws(SendFailure) { try ContentRules.check(content) } catch {
            #expect((error.disposition, error.code) == (.reject, "invalid_content"))
            return false
        }
        return true
    }

    private static func text(_ count: Int) -> String { String(repeating: "é", count: count) }
    private static func address(_ count: Int) -> String { "https://a" + String(repeating: "b", count: max(0, count - 9)) }
    private static func options(_ count: Int) -> [ReplyOption] { (0..<count).map { ReplyOption(id: "o\($0)", title: "T") } }

    private static func buttons(
        header: String? = nil, body: String = "Keep it?", footer: String? = nil, _ options: [ReplyOption] = options(1)
    ) -> OutboundContent { .buttons(ButtonMessage(header: header, body: body, footer: footer, buttons: options)) }

    private static func list(
        header: String? = nil, body: String = "When?", footer: String? = nil, button: String = "Times", _ sections: [ListMessage.Section]
    ) -> OutboundContent { .list(ListMessage(header: header, body: body, footer: footer, button: button, sections: sections)) }

    private static let single = [ListMessage.Section(rows: options(1))]

    private static let limits: [Limit] = [
        Limit("text", 1...4096) { .text(TextMessage(text($0))) },
        Limit("caption", 1...1024) { .media(MediaMessage(.image, link: "https://a.example", caption: text($0))) },
        Limit("link", 10...2000) { .media(MediaMessage(.video, link: address($0))) },
        Limit("cards", 1...50) { .contacts(Array(repeating: ContactCard(name: "Ona", phones: []), count: $0)) },
        Limit("buttons", 1...3) { buttons(options($0)) },
        Limit("button title", 1...20) { buttons([ReplyOption(id: "a", title: text($0))]) },
        Limit("button id", 1...256) { buttons([ReplyOption(id: String(repeating: "a", count: $0), title: "A")]) },
        Limit("buttons' body", 1...1024) { buttons(body: text($0)) },
        Limit("buttons' header", 1...60) { buttons(header: text($0)) },
        Limit("buttons' footer", 1...60) { buttons(footer: text($0)) },
        Limit("rows", 1...10) { list([ListMessage.Section(rows: options($0))]) },
        Limit("row title", 1...24) { list([ListMessage.Section(rows: [ReplyOption(id: "a", title: text($0))])]) },
        Limit("row detail", 0...72) { list([ListMessage.Section(rows: [ReplyOption(id: "a", title: "A", detail: text($0))])]) },
        Limit("list's button", 1...20) { list(button: text($0), single) },
        Limit("list's body", 1...1024) { list(body: text($0), single) },
        Limit("list's header", 1...60) { list(header: text($0), single) },
        Limit("list's footer", 1...60) { list(footer: text($0), single) },
        Limit("section title", 1...24) { count in
            list([
                ListMessage.Section(title: text(count), rows: [ReplyOption(id: "a", title: "A")]),
                ListMessage.Section(title: "B", rows: [ReplyOption(id: "b", title: "B")]),
            ])
        },
        Limit("emoji", 1...2) { .reaction(emoji: String(repeating: "👍", count: $0), to: "wamid.1") },
    ]

    @Test(arguments: limits)
    private func `both ends of a limit are taken, and nothing beyond`(limit: Limit) {
        #expect(Self.isTaken(limit.content(limit.range.lowerBound)))
        #expect(Self.isTaken(limit.content(limit.range.upperBound)))
        #expect(!Self.isTaken(limit.content(limit.range.upperBound + 1)))
        if limit.range.lowerBound > 0 { #expect(!Self.isTaken(limit.content(limit.range.lowerBound - 1))) }
    }

    private static let others: [(OutboundContent, Bool)] = [
        (.location(Location(latitude: 90, longitude: -180)), true), (.location(Location(latitude: -90, longitude: 180)), true),
        (.location(Location(latitude: 0, longitude: 0)), true), (.location(Location(latitude: 90.001, longitude: 0)), false),
        (.location(Location(latitude: 0, longitude: -180.001)), false), (.location(Location(latitude: .nan, longitude: 0)), false),
        (.contacts([ContactCard(name: "", phones: ["+14155551234"])]), false), (.reaction(emoji: nil, to: "wamid.1"), true),
        (.reaction(emoji: "👍", to: ""), false), (.media(MediaMessage(.audio, link: "https://a.example")), true),
        (.media(MediaMessage(.audio, link: "https://a.example", caption: "Hi")), false),
        (.media(MediaMessage(.sticker, link: "https://a.example", caption: "Hi")), false),
        (.media(MediaMessage(.document, link: "https://a.example", filename: "a.pdf")), true),
        (.media(MediaMessage(.image, link: "https://a.example", filename: "a.png")), false),
        (.media(MediaMessage(.image, link: "ftp://a.example/a")), false),
        (.media(MediaMessage(.image, link: "https://a.example/a b")), false),
        (.media(MediaMessage(.image, link: "file:///etc/passwd")), false),
        (.media(MediaMessage(.image, link: "https://a.example/\n")), false),
        (buttons([ReplyOption(id: "a", title: "A"), ReplyOption(id: "a", title: "B")]), false),
        (list([ListMessage.Section(title: "A", rows: options(5)), ListMessage.Section(title: "B", rows: options(5))]), false),
        (list([ListMessage.Section(rows: options(1)), ListMessage.Section(title: "B", rows: [])]), false), (list([]), false),
    ]

    @Test(arguments: others)
    func `what WhatsApp never takes is refused with a rule`(content: OutboundContent, isFit: Bool) {
        #expect(Self.isTaken(content) == isFit)
    }

    private static func template(_ json: JSONValue, _ values: [String]) throws -> OutboundContent {
        let content = try TemplateContent(json: json)
        return .template(TemplateMessage(name: try TemplateName("shop:a"), language: "en", content: content, values: values))
    }

    private static let picture: JSONValue = ["body": "Hello {{1}}!", "header": ["type": "image"]]
    private static let place: JSONValue = ["body": "Hello!", "header": ["type": "location"]]
    private static let coupon: JSONValue = ["body": "Hello!", "buttons": [["type": "copy_code"]]]

    @Test(
        arguments: [
            (["body": "Hello!"], [], true), (["body": "Hello!"], ["a"], false), (["body": "Hello {{1}}!"], ["Ona"], true),
            (["body": "Hello {{1}}!"], [], false), (["body": "Hello {{1}}!"], [""], false), (["body": "Hello {{1}}!"], ["a", "b"], false),
            (picture, ["Ona", "https://a.example/a.png"], true), (picture, ["Ona", "a.png"], false),
            (picture, ["https://a.example/a.png"], false),
            (place, ["54.68,25.28"], true), (place, ["54.68, 25.28;Office;Street 1"], true), (place, ["Vilnius"], false),
            (place, ["91,0"], false),
            (coupon, ["SAVE5"], true), (coupon, ["123456789012345"], true), (coupon, ["1234567890123456"], false),
        ] as [(JSONValue, [String], Bool)])
    func `a template has a fit value for each of its places`(json: JSONValue, values: [String], isFit: Bool) throws {
        #expect(Self.isTaken(try Self.template(json, values)) == isFit)
    }

    @Test func `a body is measured when it is filled`() throws {
        let json: JSONValue = ["body": "Hello {{1}}!"]
        #expect(Self.isTaken(try Self.template(json, [Self.text(1017)])))
        #expect(!Self.isTaken(try Self.template(json, [Self.text(1018)])))
    }
}
