import Core
import Testing

@testable import Sandbox

struct WirePartsTests {
    @Test func `a message is found by any of its names`() {
        let random = Randomness.seeded(4)
        for _ in 0..<50 {
            let id = MessageUUID(random)
            for name in [id.description, id.wamid, id.enterpriseID] { #expect(MessageUUID(named: name) == id) }
            #expect(id.sibling != id && id.stranger != id && id.sibling.sibling == id)
            #expect(id.digits.utf8.count == 16)
        }
        for text in ["", "x", "wamid.HBgL", "wamid.HBgLAAAA", "46x-301", "46-30", "1-2-3"] { #expect(MessageUUID(named: text) == nil) }
    }

    @Test(
        arguments: [
            ("Hello {{1}}, order {{2}} is ready.", "Hello Ona, order A-17 is ready.", ["Ona", "A-17"]),
            ("Hello {{1}}, order {{2}} is ready.", "Hello Ona, order A-17 is  ready.", nil),
            ("Hello {{1}}!", "Hello !", nil), ("Hello {{1}}!", "Hello you!!", ["you!"]), ("No variables", "No variables", []),
            ("No variables", "No variables.", nil), ("{{name}} and {{name}}", "A and B", ["A", "B"]), ("Hi {{1}}", "Hi {{1}}", ["{{1}}"]),
        ] as [(String, String, [String]?)])
    func `a text fits a body or does not`(body: String, text: String, values: [String]?) throws {
        let json: JSONValue = ["name": "a", "language": "en", "body": .string(body)]
        let template = try Template(json, id: MessageUUID(.seeded(1)), at: Timestamp(seconds: 1))
        #expect(template.values(in: text) == values)
    }

    @Test func `header, body and buttons need their values`() throws {
        let json: JSONValue = [
            "name": "a", "language": "en", "body": "{{1}} and {{2}}, {{1}}", "header": ["format": "IMAGE"],
            "buttons": [["type": "URL", "text": "Open", "url": "https://s.example/{{1}}"], ["type": "QUICK_REPLY", "text": "Stop"]],
        ]
        let template = try Template(json, id: MessageUUID(.seeded(1)), at: Timestamp(seconds: 1))
        for buttons in 0...3 {
            #expect(template.fits(.parts(header: 1, body: 2, buttons: buttons)) == (1...2).contains(buttons))
        }
        #expect(!template.fits(.parts(header: 0, body: 2, buttons: 1)) && !template.fits(.parts(header: 1, body: 3, buttons: 1)))
        #expect(!template.fits(.body(2)) && template.fits(.list(3)) && !template.fits(.list(4)))
    }

    @Test(arguments: ["COPY_CODE", "OTP"])
    func `a button that copies a code takes one value`(type: String) throws {
        let json: JSONValue = ["name": "a", "language": "en", "body": "{{1}} is your code.", "buttons": [["type": .string(type)]]]
        let template = try Template(json, id: MessageUUID(.seeded(1)), at: Timestamp(seconds: 1))
        for buttons in 0...2 { #expect(template.fits(.parts(header: 0, body: 1, buttons: buttons)) == (buttons == 1)) }
        for count in 0...3 { #expect(template.fits(.list(count)) == (count == 2)) }
        #expect(!template.fits(.body(1)))
    }

    @Test(
        arguments: [
            ("order_ready", "order_ready", nil), ("shop:order_ready", "order_ready", "shop"), (":a", "a", ""),
            ("whatsapp:hsm:technology:nexmo:verify", "verify", "whatsapp:hsm:technology:nexmo"),
        ] as [(String, String, String?)])
    func `a template's namespace ends at the last colon`(text: String, name: String, namespace: String?) {
        #expect(TemplateUse.Address(text, language: "en") == .name(name, language: "en", namespace: namespace))
    }

    @Test func `members that are null are taken out at any depth`() {
        let json: JSONValue = ["a": nil, "b": ["c": nil, "d": [nil, ["e": nil, "f": 1]]], "g": "null"]
        #expect(json.withoutNulls == ["b": ["d": [nil, ["f": 1]]], "g": "null"])
        #expect(JSONValue.null.withoutNulls == .null)
    }

    @Test func `a pair recovers one message at a time, a day passes`() {
        var (limits, behaviour) = (Limits(), Behaviour())
        (behaviour.pairLimitSeconds, behaviour.tierLimit) = (6, 1)
        let start = Timestamp(seconds: 1_800_000_000)
        let mishap = { (limits: inout Limits, phone: String, seconds: Int) in
            limits.mishap("a", phone, behaviour, now: start + .seconds(seconds))
        }
        for _ in 0..<10 { #expect(mishap(&limits, "1", 0) == nil) }
        #expect(mishap(&limits, "1", 5) == .pairLimited && mishap(&limits, "1", 6) == nil && mishap(&limits, "1", 7) == .pairLimited)
        #expect(mishap(&limits, "2", 7) == .tierReached && mishap(&limits, "2", 86_399) == .tierReached)
        #expect(mishap(&limits, "2", 86_400) == nil && mishap(&limits, "1", 86_401) == .tierReached)
    }

    @Test func `Meta tries for a week, whatever the answer was`() {
        let rule = RetryRule(scale: 1, policy: .everything(days: 7))
        let first = ContinuousClock.now
        #expect(rule.outcome(of: 404) == .again && rule.outcome(of: 302) == .again && rule.outcome(of: 204) == .delivered)
        #expect(rule.pause(after: 90, first: first, now: first + .seconds(86_400 * 6)) != nil)
        #expect(rule.pause(after: 90, first: first, now: first + .seconds(86_400 * 7)) == nil)
        #expect(RetryRule(scale: 1).outcome(of: 404) == .dropped)
    }

    @Test func `what a form or an address needs is escaped`() throws {
        #expect(FormText.encode([("a b", "ž&=+"), ("c", "")]) == "a%20b=%C5%BE%26%3D%2B&c=")
        let json: JSONValue = ["a": "/ž🐟\"\n"]
        #expect(String(decoding: json.escapedBytes, as: UTF8.self) == #"{"a":"\/\u017e\ud83d\udc1f\"\n"}"#)
        #expect(try JSONValue(parsing: json.escapedBytes) == json)
    }

    @Test func `only the newest thousand files are kept`() {
        var shelf = MediaShelf()
        for number in 0...1000 { shelf.put(.init(account: "a", kind: "image"), under: "\(number)") }
        #expect(shelf["0"] == nil && shelf["1"] != nil && shelf["1000"] != nil)
    }

    @Test(
        arguments: [
            ("US.ENT", true), ("US.ENT.9a", true), ("US.ENT.11815799212886844830", true), ("GB.ab12CD34ef56", true), ("US.9a", true),
            ("US.ENT.", false), ("us.1", false), ("USA.1", false), ("US.", false),
            ("US", false), ("US.1 2", false), ("US.1.2", false), ("US.ENT.1.2", false), ("US.ENT..1", false), ("447700900000", false),
        ])
    func `a scoped id has its shape`(text: String, isRight: Bool) {
        #expect(Recipient.isScopedID(text) == isRight)
    }

    @Test(arguments: ["US.", "US.ENT."])
    func `a scoped id has at most 128 letters and digits`(start: String) {
        #expect(Recipient.isScopedID(start + String(repeating: "A", count: 128)))
        #expect(!Recipient.isScopedID(start + String(repeating: "A", count: 129)))
    }

    @Test func `a number and its scoped id lead to each other`() {
        #expect(ScopedID.phone(ScopedID.of("37060000001")) == "37060000001")
        #expect(ScopedID.of("US.77") == "US.77" && ScopedID.phone("US.77") == "US.77")
    }
}
