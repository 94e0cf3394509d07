import Core
import Testing
import WhatsApp

@Suite struct TemplateTextTests {
    static let ticket = "Hello {{1}}, your ticket is booked. Ticket number: {{2}}. For more, visit us on {{3}}."

    @Test func `the ticket example has three variables and is filled as typed`() throws {
        let text = try TemplateText(Self.ticket, field: "body")
        #expect(text.variableCount == 3)
        #expect(
            text.filled(with: ["Asha", "A-17", "example.com"])
                == "Hello Asha, your ticket is booked. Ticket number: A-17. For more, visit us on example.com.")
    }

    @Test(arguments: [
        ("Hello", 0), ("{{1}}", 1), ("{{2}} and {{1}}", 2), ("{{1}} {{1}}", 1), ("مرحبا {{1}}", 1), ("{1} }} {", 0),
    ])
    func `variables are counted once each and the text is kept letter for letter`(source: String, count: Int) throws {
        let text = try TemplateText(source, field: "body")
        #expect(text.variableCount == count)
        #expect(text.source == source)
        #expect(text.filled(with: []) == source)
    }

    @Test(arguments: [("{{1}} {{3}}", "{{2}}"), ("{{2}}", "{{1}}"), ("{{1}} {{2}} {{5}}", "{{3}}")])
    func `a gap is refused and the missing number named`(source: String, missing: String) {
        let error = #expect(throws: InputError.self) { try TemplateText(source, field: "body") }
        #expect(error?.code == "variable_gap")
        #expect(error?.message.contains("\(missing) is missing") == true)
    }

    @Test(arguments: [
        "{{0}}", "{{01}}", "{{100}}", "{{Name}}", "{{1name}}", "{{first-name}}", "{{ 1 }}", "{{1", "{{}}",
        "{{-1}}", "{{{1}}}",
    ])
    func `what is no number in double braces is refused`(source: String) {
        let error = #expect(throws: InputError.self) { try TemplateText(source, field: "body") }
        #expect(error?.code == "invalid_variable")
        #expect(error?.field == "body")
    }

    @Test func `named variables are numbered as they first appear`() throws {
        let text = try TemplateText("Hello {{first_name}}, {{order}} for {{first_name}}.", field: "body")
        #expect((text.variableCount, text.names) == (2, ["first_name", "order"]))
        #expect(text.filled(with: ["Ona", "A-17"]) == "Hello Ona, A-17 for Ona.")
    }

    @Test func `names and numbers do not mix`() {
        let error = #expect(throws: InputError.self) { try TemplateText("{{1}} and {{name}}", field: "body") }
        #expect(error?.code == "mixed_variables")
    }

    @Test func `a value with braces is not filled again`() throws {
        let text = try TemplateText("{{1}} {{2}}", field: "body")
        #expect(text.filled(with: ["{{2}}", "b"]) == "{{2}} b")
        #expect(text.filled(with: ["a"]) == "a {{2}}")
    }
}
