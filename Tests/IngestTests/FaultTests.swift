import Core
import Ingest
import StorageTesting
import Testing

/// One record, and what it is refused with; the text is nil where only the code is known.
struct Fault: CustomTestStringConvertible {
    let code: Int
    let text: String?
    let record: JSONValue

    init(_ code: Int, _ text: String?, _ record: JSONValue) { (self.code, self.text, self.record) = (code, text, record) }

    var testDescription: String { "\(code): \(record.text.prefix(100))" }
}

struct FaultTests {
    private static let reserved =
        "Event Name is incorrect. ErrorCode: 513 - Trying to raise a restricted system event. Skipped record number : 1"
    private static let missingName = "Event Name is incorrect. ErrorCode: 509 - Event name is mandatory. Skipped record number : 1"
    private static let email = "Profile data is incorrect. Email is not valid.Skipped record number : 1"
    private static let phone = "Profile data is incorrect. Phone number is not valid.Skipped record number : 1"
    private static let age = "Profile data is incorrect. Age is invalid.Skipped record number : 1"
    private static let time = "Timestamp should be present in the Unix Epoch format. Skipped record number : 1"

    private static let known: [Fault] = [
        Fault(509, missingName, event("a", nil)), Fault(509, missingName, event("a", "")), Fault(509, missingName, event("a", "  ")),
        Fault(513, reserved, event("a", "Notification Sent")), Fault(513, reserved, event("a", "app launched")),
        Fault(514, "Profile data is incorrect. Gender needs to be M/F.Skipped record number : 1", profile("a", ["Gender": "X"])),
        Fault(517, "Profile data is incorrect. Employed needs to be Y/N.Skipped record number : 1", profile("a", ["Employed": "Yes"])),
        Fault(
            518, "Profile data is incorrect. Education needs to be School/College/Graduate..Skipped record number : 1",
            profile("a", ["Education": "PhD"])),
        Fault(519, "Profile data is incorrect. Married needs to be Y/N.Skipped record number : 1", profile("a", ["Married": true])),
        Fault(523, nil, ["type": "profile", "profileData": [:]]),
        Fault(
            524, "Record is neither a profile nor an event. Skipped record number : 1", ["identity": "a", "profileData": [:]]),
        Fault(524, nil, ["type": "user", "identity": "a"]), Fault(524, nil, 5), Fault(524, nil, nil), Fault(524, nil, []),
        Fault(530, nil, ["type": "token", "identity": "a"]), Fault(531, nil, ["type": "token", "identity": "a", "tokenData": [:]]),
        Fault(532, nil, ["type": "token", "identity": "a", "tokenData": ["id": "x"]]),
    ]
    private static let emails: [Fault] = [
        "", "@", "12345", "a@b", "a b@c.dd", "a@b@c.dd", "a@.dd", "!!!@c.dd", "a@c.12", "a@c..dd", 5, ["x"],
    ]
    .map { Fault(515, email, profile("a", ["Email": $0])) }
    private static let phones: [Fault] = [
        "12345", "+12", "14155551234", "++14155551234", "+1415+5551234", "+1415555123456789", "+01234567890", "abc", "", 14_155_551_234,
    ].map { Fault(516, phone, profile("a", ["Phone": $0])) }
    private static let ages: [Fault] = ["abc", "2x", 1.5, -1, 151, "", true, " 28"].map { Fault(520, age, profile("a", ["Age": $0])) }
    private static let times: [Fault] = [0, -1, 1.5, "1700000000", "x", true, 1_700_000_000_000]
        .map { Fault(525, time, profile("a", [:], ts: $0)) }
    private static let identities: [Fault] = [
        "undefined", "NULL", "na", "N/A", "0", 0, "nil", -1, "infinity", "-Infinity", "inf", "-inf", "nan", "-nan", "empty", "xxxxxx",
        "none", "", " ", .string(String(repeating: "x", count: 1025)), true, ["a"],
        1.5, 9_007_199_254_740_992.0, -12_345_678_901_234_567_890.0, "undefined           ", "            N/A     ",
        "\u{A0}\u{A0}\u{A0}\u{A0}\u{A0}\u{A0}\u{A0}\u{A0}none", "\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}",
    ].map { Fault(523, nil, profile($0, [:])) }
    private static let objectIDs: [Fault] = ["", 5, "null", "a b", "a\nb", .string(String(repeating: "x", count: 1025))]
        .map { Fault(526, nil, ["type": "profile", "objectId": $0, "profileData": [:]]) }
    private static let eventStructure: [Fault] = [
        event("a", 5), event("a", "Rate%"), event("a", "Web Page Viewed: Home"), event("a", .string(String(repeating: "x", count: 513))),
        event("a", "E", "text"), event("a", "E", []), event("a", "E", ["a.b": 1]), event("a", "E", ["": 1]), event("a", "E", ["l": [1]]),
        event("a", "E", ["o": ["x": 1]]), event("a", "E", ["d": "$D_soon"]), event("a", "E", ["Items": [["x": 1]]]),
        event("a", "Charged", ["Items": "x"]), event("a", "Charged", ["Items": ["x"]]),
        event("a", "Charged", ["Items": [["x": ["y": 1]]]]), event("a", "Charged", ["Items": .array(Array(repeating: [:], count: 257))]),
        event("a", "Charged", ["Items": [manyProperties(257)]]), event("a", "Charged", ["Items": [["d": "$D_9999999999999"]]]),
        event("a", "E", ["d": "$D_9999999999999"]),
        event("a", "E", ["x": "a\0b"]), event("a\0", "E"),
    ].map { Fault(512, nil, $0) }
    private static let profileStructure: [Fault] = [
        "text", nil, ["a#b": 1], ["a$": 1], ["x": ["$set": "text"]], ["x": ["$set": [5]]], ["x": ["$push": ["a"]]], ["x": ["plain": 1]],
        ["x": ["$incr": "1"]], ["x": ["$incr": 1, "$decr": 1]], ["x": ["$delete": 0]], ["x": [:]], ["x": [["y": 1]]], ["x": "$D_"],
        ["x": "$D_1.5"], ["DOB": "1990-01-01"], ["Tz": "Kolkata/"], ["Tz": 5], ["Tz": "GMT+99"], ["Photo": "x"], ["Name": 5],
        ["MSG-whatsapp": "yes"], ["MSG-whatsapp": 1], ["MSG-sms": "on"], ["MSG-dndWhatsApp": "no"], ["x": "a\0b"],
        ["x": ["$D_9999999999999"]], ["x": ["$set": ["a", "$D_soon"]]], ["x": ["$add": ["$D_-9999999999999"]]],
        ["x": ["$remove": ["$D_+1"]]], ["DOB": "$D_253402300800"],
    ].map { Fault(512, nil, profile("a", $0)) }

    private static func manyProperties(_ count: Int) -> JSONValue {
        .object(Dictionary(uniqueKeysWithValues: (0..<count).map { ("p\($0)", 1) }))
    }

    static let all: [Fault] =
        known + emails + phones + ages + times + identities + objectIDs + eventStructure + profileStructure

    @Test(arguments: all)
    func `a wrong record is refused with`(fault: Fault) async throws {
        let fixture = try await Fixture(.sqlite)
        let answer = try await fixture.upload(fault.record)
        #expect(answer.processed == 0 && answer.status == "fail")
        let refusal = try #require(answer.unprocessed.first)
        #expect(refusal.code == fault.code)
        #expect(refusal.record == fault.record)
        #expect(refusal.error.hasSuffix("Skipped record number : 1"))
        if let text = fault.text { #expect(refusal.error == text) }
        #expect(try await fixture.rowCounts().values.allSatisfy { $0 == 0 })
    }

    @Test func `more than 256 event properties are refused with 522`() async throws {
        let fixture = try await Fixture(.sqlite)
        let most = (0..<256).map { ("p\($0)", JSONValue.int($0)) }
        let members = Dictionary(uniqueKeysWithValues: most)
        let answer = try await fixture.upload(
            event("a", "E", .object(members)), event("a", "E", .object(members.merging(["x": 1]) { $1 })),
            event("a", "Charged", ["Items": [.object(members)]]))
        #expect(answer.processed == 2)
        #expect(answer.unprocessed.map(\.code) == [522])
    }

    @Test func `the first fault counts, in the order of the recordings`() async throws {
        let fixture = try await Fixture(.sqlite)
        let order = ["Email", "Phone", "Employed", "Education", "Married", "Age", "Gender"]
        var data = Dictionary(uniqueKeysWithValues: order.map { ($0, JSONValue.string("?")) })
        data["#"] = 1
        var codes = [try await fixture.upload(profile("a", .object(data), ts: 0)).unprocessed[0].code]
        for name in order {
            codes.append(try await fixture.upload(profile("a", .object(data))).unprocessed[0].code)
            data[name] = nil
        }
        codes.append(try await fixture.upload(profile("a", .object(data))).unprocessed[0].code)
        #expect(codes == [525, 515, 516, 517, 518, 519, 520, 514, 512])
    }
}
