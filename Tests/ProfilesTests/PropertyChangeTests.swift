import Core
import Profiles
import Testing

struct PropertyChangeTests {
    private static let results: [(PropertyChange, JSONValue?, JSONValue?)] = [
        (.replace("b"), "a", "b"),
        (.replace(3), nil, 3),
        (.replaceList(["x", "y", "x"]), "a", ["x", "y"]),
        (.replaceList([]), ["a"], nil),
        (.append(["Spanish", "German"]), "English", ["English", "Spanish", "German"]),
        (.append(["b"]), nil, ["b"]),
        (.append(["a"]), ["a", "b"], ["a", "b"]),
        (.append(["x"]), 5, ["5", "x"]),
        (.append(["x"]), true, ["true", "x"]),
        (.append([]), nil, nil),
        (.remove(["a"]), ["a", "b"], ["b"]),
        (.remove(["b"]), ["b"], nil),
        (.remove(["a"]), "a", nil),
        (.remove(["a"]), "b", ["b"]),
        (.remove(["a"]), nil, nil),
        (.delete, "a", nil),
        (.delete, nil, nil),
        (.increment(2), nil, 2),
        (.increment(2), 3, 5),
        (.increment(0.5), 3, 3.5),
        (.decrement(2), nil, -2),
        (.decrement(2), 0.5, -1.5),
    ]

    private static let faults: [(PropertyChange, JSONValue)] = [
        (.increment(1), "5"), (.decrement(1), .array(["5"])), (.increment(1), true),
        (.increment(1), .int(.max)), (.decrement(1), .int(.min)), (.increment(.double(1e308)), .double(1.7e308)),
    ]

    @Test(arguments: results)
    func `an operator gives`(_ change: PropertyChange, _ old: JSONValue?, _ new: JSONValue?) throws {
        #expect(try change.result(on: old, of: "p") == new)
    }

    @Test(arguments: faults)
    func `an operator that does not fit is a fault`(_ change: PropertyChange, _ old: JSONValue) {
        #expect(throws: PropertyFault.self) { try change.result(on: old, of: "p") }
    }

    @Test func `of more than a hundred texts the oldest fall out`() throws {
        let old = JSONValue.array((0..<99).map { .string("\($0)") })
        let new = try PropertyChange.append(["50", "a", "b", "c"]).result(on: old, of: "p")?.array
        #expect(new?.count == 100)
        #expect(new?.first == "2")
        #expect(new?.suffix(3) == ["a", "b", "c"])
    }

    @Test func `a text of a list is cut at 512 characters`() throws {
        let new = try PropertyChange.replaceList([String(repeating: "é", count: 600)]).result(on: nil, of: "p")
        #expect(new == [.string(String(repeating: "é", count: 512))])
        let emptied = try PropertyChange.remove([String(repeating: "é", count: 700)]).result(on: new, of: "p")
        #expect(emptied == nil)
    }
}
