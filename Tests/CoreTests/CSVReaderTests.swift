import Core
import CoreTesting
import Testing

struct CSVReaderTests {
    private static func rows(_ text: String, of size: Int = .max) throws -> [CSVReader.Row] {
        try rows(Array(text.utf8), of: size)
    }

    private static func rows(_ bytes: [UInt8], of size: Int = .max, limit: Int = 65_536) throws -> [CSVReader.Row] {
        var (reader, rows, rest) = (CSVReader(rowLimit: limit), [CSVReader.Row](), bytes[...])
        while !rest.isEmpty {
            rows += try reader.rows(of: rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return try rows + [reader.end()].compactMap(\.self)
    }

    private static let texts: [(text: String, fields: [[String]])] = [
        ("", []), ("\u{FEFF}", []), ("a", [["a"]]), ("a,b\n", [["a", "b"]]), ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d", [["a", "b"], ["c", "d"]]), ("\u{FEFF}a,b", [["a", "b"]]), ("a;b\n1,5;2", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n1,5\t2;3", [["a", "b"], ["1,5", "2;3"]]), ("\"a;x\",b\n", [["a;x", "b"]]), ("a\nb;c", [["a"], ["b;c"]]),
        ("\"x\"\"y\",\"\"\n", [["x\"y", ""]]), ("\"two\nlines\r\n\",z", [["two\nlines\r\n", "z"]]), (",\n,", [["", ""], ["", ""]]),
        ("a,b\n\n\r\n\nc,d\n", [["a", "b"], ["c", "d"]]), ("a,b \n c,d", [["a", "b "], [" c", "d"]]),
        ("a\"b,c\"\"d", [["a\"b", "c\"\"d"]]),
        ("é,日本\n", [["é", "日本"]]), ("\"\"", [[""]]), ("a,\"\r\"\n", [["a", "\r"]]), ("\u{FEFF}\"a\",b", [["a", "b"]]),
        ("\u{FEFE}x", [["\u{FEFE}x"]]),
    ]

    @Test(arguments: texts, [1, 2, 3, 1000])
    func `a text is read in pieces of any size`(text: (text: String, fields: [[String]]), size: Int) throws {
        let rows = try Self.rows(text.text, of: size)
        #expect(rows.map(\.fields) == text.fields)
        #expect(rows.allSatisfy { $0.problem == nil })
    }

    @Test func `rows are numbered as a spreadsheet does`() throws {
        #expect(try Self.rows("a\n\n\"b\nb\"\r\nc").map(\.number) == [1, 3, 4])
    }

    @Test func `what is wrong with a row does not touch the others`() throws {
        let bytes: [UInt8] = Array("a,b\n\"x\"y,z\n".utf8) + [0xFF, 0x2C, 0x61, 0x0A, 0x00, 0x2C, 0x61, 0x0A] + Array("c,d".utf8)
        let rows = try Self.rows(bytes)
        #expect(rows.map(\.problem) == [nil, .textAfterQuote, .notUTF8, .nul, nil])
        #expect(rows.map(\.number) == [1, 2, 3, 4, 5])
    }

    @Test func `a quote that is never closed ends the reading`() {
        #expect(throws: InputError.self) { try Self.rows("a,b\nc,\"d") }
        #expect(throws: InputError.self) { try Self.rows(Array("a,\"bbbbbbbbbb".utf8), limit: 10) }
        #expect(throws: Never.self) { try Self.rows(Array("aaaa,bbb\ncccc,ddd\n".utf8), limit: 10) }
    }

    @Test(arguments: 0..<200)
    func `what is written by the rules is read back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet: [Character] = ["a", ",", ";", "\"", "\n", "\r", "\t", " ", "é", "\u{FEFF}"]
        let table = (0..<Int.random(in: 1...8, using: &random)).map { _ in
            (0..<3).map { _ in String((0..<Int.random(in: 0...5, using: &random)).map { _ in alphabet.randomElement(using: &random)! }) }
        }
        let delimiter = [",", ";", "\t"].randomElement(using: &random)!
        let end = ["\n", "\r\n", "\r"].randomElement(using: &random)!
        let text = table.map { $0.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: delimiter) }.joined(
            separator: end)
        #expect(try Self.rows(text, of: Int.random(in: 1...9, using: &random)).map(\.fields) == table)
    }

    @Test(arguments: 0..<300)
    func `no bytes bring the reader down, and pieces change nothing`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet: [UInt8] = [0x61, 0x2C, 0x3B, 0x22, 0x0A, 0x0D, 0x09, 0xEF, 0xBB, 0xBF, 0xFF, 0x00]
        let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
        let (whole, pieces) = (try? Self.rows(bytes, limit: 40), try? Self.rows(bytes, of: 1, limit: 40))
        #expect(whole == pieces)
    }
}
