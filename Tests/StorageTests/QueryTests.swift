import CoreTesting
import Storage
import Testing

@Suite struct QueryTests {
    @Test(arguments: [
        ("a = $1", "a = ?", [0]), ("$2, $1, $2", "?, ?, ?", [1, 0, 1]), ("$10$1", "??", [9, 0]), ("$12x", "?x", [11]),
        ("$ $$ $a", "$ $$ $a", []), ("", "", []), ("$1", "?", [0]), ("é$1é", "é?é", [0]), ("$١", "$١", []),
    ])
    func `numbered values become question marks`(text: String, expected: String, order: [Int]) {
        let statement = Query("t.query", text).statement(for: .sqlite)
        #expect(statement.text == expected)
        #expect(statement.order == order)
        #expect(Query("t.query", text).statement(for: .postgres).text == text)
        #expect(Query("t.query", text).parameters == (order.max() ?? -1) + 1)
    }

    @Test(arguments: 0..<200)
    func `each question mark gets the value whose number stood there`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let values = (1...Int.random(in: 1...15, using: &random)).map { SQLValue.text("v\($0)") }
        let uses = (0..<Int.random(in: 0...30, using: &random)).map { _ in Int.random(in: 1...values.count, using: &random) }
        let gaps = (0...uses.count).map { _ in ["", " ", ", ", "x = ", "'$'", "ü", "\n"].randomElement(using: &random) ?? "" }
        let text = zip(gaps, uses).map { $0 + "$\($1) " }.joined() + (gaps.last ?? "")
        let statement = Query("t.query", text).statement(for: .sqlite)
        #expect(statement.arranged(values) == uses.map { values[$0 - 1] })
        #expect(statement.text == zip(gaps, uses).map { gap, _ in gap + "? " }.joined() + (gaps.last ?? ""))
    }

    @Test func `each engine gets its own text`() {
        let query = Query("t.query") { $0 == .sqlite ? "lite $2" : "post $1" }
        #expect(query.statement(for: .sqlite).text == "lite ?")
        #expect(query.statement(for: .postgres).text == "post $1")
        #expect(query.parameters == 2)
    }
}
