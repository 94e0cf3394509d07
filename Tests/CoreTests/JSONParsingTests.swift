import Core
import CoreTesting
import Testing

/// The rules of RFC 8259; what it leaves open (numbers, surrogates, depth, repeated keys) is decided strictly.
@Suite struct JSONParsingTests {
    private static let valid: [(String, JSONValue)] = [
        ("null", nil), ("true", true), (" \t\r\nfalse ", false), ("0", 0), ("-0", .int(0)), ("7", 7), ("-12", -12),
        ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
        ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("0.5", 0.5), ("-0.0", .double(-0.0)),
        ("1e3", .double(1000)), ("1E+3", .double(1000)), ("12.5e-1", 1.25), ("1e-400", .double(0)),
        ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)), ("5e-324", .double(.leastNonzeroMagnitude)),
        (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u00C9""#, "AéÉ"),
        (#""\ud83d\ude00""#, "😀"), (#""\uD800\uDC00""#, "\u{10000}"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\u0000""#, "\u{0}"),
        (#""\uFFFF\u2028""#, "\u{FFFF}\u{2028}"), ("\"é😀\u{7F}\"", "é😀\u{7F}"), ("\"plain é then \\n 😀\"", "plain é then \n 😀"),
        ("[]", []), ("[ ]", []), ("[1]", [1]), ("[1 , \"a\",[null]]", [1, "a", [nil]]), ("{}", [:]), ("{ }", [:]),
        (#"{"a":1}"#, ["a": 1]), (#"{ "a" : { "b" : [ ] } }"#, ["a": ["b": []]]), (#"{"a":1,"a":2}"#, ["a": 2]), (#"{"":0}"#, ["": 0]),
        (#"{"\u0061":1}"#, ["a": 1]),
    ]

    @Test(arguments: valid)
    func `a valid text is read`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "NaN", "Infinity", "-", "+1", ".5", "1.", "1.e3", "1e", "1e+", "01", "-01", "00", "0x10", "1_000",
        "1 2", "--1", "1e400", "-1e400", "\"", "\"a", "\"\\", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\u00é\"", "\"a\nb\"",
        "\"\u{0}\"", "\"\t\"", "'a'", "a", "[", "[1", "[1,", "[1,]", "[,]", "[1 2]", "]", "[1}", "{", "{\"a\"", "{\"a\":", "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{,}", "}", "[1]]", "// x", "1 // x", "\u{FEFF}1", "\u{A0}1",
        #""\ud800""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\ud800""#, #""\udc00""#, #""\udc00\ud800""#, #""\ud83d\u0041""#,
        #""\ud83d\u""#,
    ])
    func `an invalid text is refused`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22],
            [0x22, 0x5C, 0x6E, 0x80, 0x22], [0x80],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: bytes) }
    }

    @Test(arguments: [
        ("{\"a\": ?}", 6, "no value begins with this character"), ("[1] x", 4, "text after the value"), ("[1", 2, "the text ends inside"),
        ("{\"a\" 1}", 5, "a colon is missing"),
    ])
    func `the error says where and why`(text: String, offset: Int, reason: String) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
        #expect(error?.offset == offset)
        #expect(error?.reason.hasPrefix(reason) == true)
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func `depth has a limit`(open: String, close: String) throws {
        func text(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        #expect(throws: Never.self) { try JSONValue(parsing: text(32)) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text(33)) }
        #expect(throws: Never.self) { try JSONValue(parsing: text(3), depth: 3) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text(100_000)) }
        // Siblings do not add up.
        #expect(throws: Never.self) { try JSONValue(parsing: "[[],{},[1],{\"a\":1},[]]", depth: 2) }
    }

    @Test(arguments: 0..<300)
    func `what is written is read back the same`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let value = Self.value(depth: 4, &random)
        #expect(try JSONValue(parsing: value.text) == value)
        #expect(try JSONValue(parsing: value.bytes).bytes == value.bytes)
    }

    /// Cuts, flips and doubles bytes of valid texts: the parser may refuse, it may not stop the program.
    @Test(arguments: 0..<300)
    func `a damaged text never stops the program`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = Self.value(depth: 4, &random).bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes.remove(at: at)
            case 1: bytes[at] = UInt8.random(in: 0...255, using: &random)
            default: bytes.insert(bytes[at], at: at)
            }
        }
        if let value = try? JSONValue(parsing: bytes) { #expect((try? JSONValue(parsing: value.bytes)) == value) }
    }

    @Test func `equal objects give equal bytes`() {
        let value: JSONValue = ["b": 1, "a": [true, nil, 1.5], "é": "\u{1}\"\\/"]
        #expect(value.text == #"{"a":[true,null,1.5],"b":1,"é":"\u0001\"\\/"}"#)
    }

    private static func value(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: nil
        case 1: .bool(Bool.random(using: &random))
        case 2: .int(Int64.random(in: .min ... .max, using: &random))
        case 3: .double(finite(&random))
        case 4: .int(Int64.random(in: -1000...1000, using: &random))
        case 5: .string(text(&random))
        case 6: .array((0..<Int.random(in: 0...5, using: &random)).map { _ in value(depth: depth - 1, &random) })
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0...5, using: &random)).map { _ in (text(&random), value(depth: depth - 1, &random)) },
                    uniquingKeysWith: { $1 }))
        }
    }

    private static func finite(_ random: inout SeededGenerator) -> Double {
        let number = Double(bitPattern: random.next())
        return number.isFinite ? number : 0.1
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x10FFFF), using: &random))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
