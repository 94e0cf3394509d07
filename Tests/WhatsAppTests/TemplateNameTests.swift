import Core
import Testing
import WhatsApp

@Suite struct TemplateNameTests {
    @Test(arguments: [
        ("shop:order_ready", "shop", "order_ready"),
        ("whatsapp:hsm:technology:nexmo:verifytest", "whatsapp:hsm:technology:nexmo", "verifytest"),
        ("ABC:welcome_message", "ABC", "welcome_message"),
        ("a::b2", "a:", "b2"),
    ])
    func `a name is split at its last colon`(text: String, namespace: String, name: String) throws {
        let template = try TemplateName(text)
        #expect(template.namespace == namespace)
        #expect(template.name == name)
        #expect(template.description == text)
    }

    @Test(arguments: [
        "", "order_ready", ":order_ready", "my shop:order_ready", "Ladenstraße:order", "shop:", "shop:Order", "shop:a-b", "shop:a b",
    ])
    func `another form is refused and the right one shown`(text: String) {
        let error = #expect(throws: InputError.self) { try TemplateName(text, field: "what.template") }
        #expect(error?.field == "what.template")
        #expect(error?.message.contains("shop:order_ready") == true)
    }

    @Test func `a name of 512 letters is taken and one more is not`() throws {
        #expect(try TemplateName("s:" + String(repeating: "a", count: 512)).name.count == 512)
        #expect(throws: InputError.self) { try TemplateName("s:" + String(repeating: "a", count: 513)) }
    }
}
