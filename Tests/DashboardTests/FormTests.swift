import Testing
import WebSupport

@Suite struct FormTests {
    @Test(arguments: [
        ("a=1&b=two+words", ["a": "1", "b": "two words"]),
        ("name=Zo%C3%AB%26%3D", ["name": "Zoë&="]),
        ("a=1=2", ["a": "1=2"]),
        ("a", ["a": ""]),
        ("", [:]),
        ("&&a=1&", ["a": "1"]),
        ("a=1&a=2", ["a": "2"]),
    ])
    func `a form is read`(text: String, fields: [String: String]) {
        #expect(Form(decoding: Array(text.utf8)) == Form(fields))
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "a=\u{0}", "%00=a"])
    func `a damaged form is refused`(text: String) {
        #expect(Form(decoding: Array(text.utf8)) == nil)
    }
}
