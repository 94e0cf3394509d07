import Core
import Testing

@Suite struct JSONValueTests {
    @Test(
        arguments: [
            (3, 3), (3.0, 3), (-0.0, 0), (3.5, nil), ("3", nil), (true, nil), (nil, nil), (.double(1e300), nil), (.double(9.3e18), nil),
            (.int(.max), .max),
        ] as [(JSONValue, Int64?)])
    func `a whole number is one whatever its form`(value: JSONValue, whole: Int64?) {
        #expect(value.int == whole)
    }

    @Test func `members are looked up by key`() {
        let value: JSONValue = ["a": ["b": 2], "list": [1, "x"]]
        #expect(value["a"]?["b"] == 2)
        #expect(value["missing"] == nil && value["a"]?["b"]?["c"] == nil)
        #expect(value["list"]?.array == [1, "x"])
        #expect(JSONValue.null.isNull && value["a"]?.isNull == false)
        #expect(value["a"]?["b"]?.number == 2 && value["list"]?.number == nil)
        #expect(JSONValue("s").string == "s" && JSONValue(true).bool == true && JSONValue(1).bool == nil)
    }
}
