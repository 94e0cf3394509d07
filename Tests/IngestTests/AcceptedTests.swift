import Core
import Ingest
import Profiles
import StorageTesting
import Testing

struct AcceptedTests {
    static let values: [(JSONValue, String, JSONValue?)] = [
        (["Age": "28"], "Age", 28), (["Age": 28.0], "Age", 28), (["Gender": "F"], "Gender", "F"),
        (["Education": "College"], "Education", "College"),
        (["DOB": "$D_-100"], "DOB", "$D_-100"), (["Joined": "$D_1700000000"], "Joined", "$D_1700000000"),
        (["Tz": "Asia/Kolkata"], "Tz", "Asia/Kolkata"), (["Tz": "PST"], "Tz", "PST"), (["Tz": "GMT-8:00"], "Tz", "GMT-8:00"),
        (["Tz": "America/Argentina/Buenos_Aires"], "Tz", "America/Argentina/Buenos_Aires"), (["Tz": "UTC+0530"], "Tz", "UTC+0530"),
        (["Photo": "https://x.example/a.png"], "Photo", "https://x.example/a.png"),
        (["Customer Type": "Platinum"], "Customer Type", "Platinum"),
        (["Email": "first.last+tag@mail.example.co"], "Email", "first.last+tag@mail.example.co"),
        (["Email": "jörg@müller.example"], "Email", "jörg@müller.example"),
        (["Phone": "+1 (415) 555-1234"], "Phone", "+14155551234"), (["MSG-whatsapp": true], "MSG-whatsapp", true),
        (["MSG-whatsapp": "TRUE"], "MSG-whatsapp", true), (["MSG-whatsapp": "False"], "MSG-whatsapp", false), ([:], "MSG-whatsapp", false),
        (["MSG-sms": "false"], "MSG-sms", false), (["Tags": ["a", "b"]], "Tags", ["a", "b"]),
        (["Tags": ["$D_253402300799"]], "Tags", ["$D_253402300799"]), (["Tags": ["$add": ["a"]]], "Tags", ["a"]),
        (["Visits": ["$incr": 2]], "Visits", 2), (["Visits": ["$decr": 2.5]], "Visits", -2.5), (["x": nil], "x", nil),
        (["Email": nil], "Email", nil),
        (["Identity": "other"], "Identity", "a"), (["VIP": true], "VIP", true), (["Score": 1.5], "Score", 1.5),
    ]

    @Test(arguments: values)
    func `a right field is stored`(data: JSONValue, name: String, value: JSONValue?) async throws {
        let fixture = try await Fixture(.sqlite)
        #expect(try await fixture.upload(profile("a", data)).status == "success")
        #expect(try await fixture.find("a")?.property(name) == value)
    }

    @Test(arguments: TestEngine.available)
    func `null says nothing and delete takes away`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let data: JSONValue = ["Email": "a@b.cc", "Phone": "+14155551234", "Name": "Asha", "City": "Pune", "MSG-whatsapp": true]
        try await fixture.upload(profile("a", data))
        let before = try await fixture.find("a")
        try await fixture.upload(profile("a", ["Email": nil, "Phone": nil, "Name": nil, "City": nil, "MSG-whatsapp": nil]))
        #expect(try await fixture.find("a") == before)
        let gone = JSONValue.object(["$delete": 1])
        let answer = try await fixture.upload(
            profile("a", ["Email": gone, "Phone": gone, "Name": gone, "City": gone, "MSG-whatsapp": gone]))
        #expect(answer.status == "success")
        let after = try #require(try await fixture.find("a"))
        #expect(after.email == nil && after.phone == nil && !after.whatsApp && after.properties.isEmpty)
    }

    @Test(arguments: TestEngine.available)
    func `identities are texts or numbers, and unknown keys are ignored`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let extra: JSONValue = ["type": "profile", "identity": 12345, "profileData": ["Name": "A"], "source": "crm", "evtName": 5]
        try await fixture.upload(
            extra, profile("12345", ["City": "Pune"]), profile(12345.0, ["VIP": true]), profile(9_007_199_254_740_993, [:]),
            profile(.string(String(repeating: "x", count: 1024)), [:]))
        #expect(try await fixture.find("12345")?.properties == ["Name": "A", "City": "Pune", "VIP": true])
        #expect(try await fixture.find("9007199254740993") != nil)
        #expect(try await fixture.profiles.count(of: fixture.account) == 3)
    }

    @Test(arguments: TestEngine.available)
    func `a purchase keeps its items and dates stay texts`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let data: JSONValue = [
            "Amount": 300, "Currency": "INR", "Payment mode": "Card", "Charged ID": 24052013, "When": "$D_1700000000", "Nothing": nil,
            "Items": [["Category": "Books", "Quantity": 1], ["Title": "Atlas", "Price": 9.5, "Gift": true]],
        ]
        #expect(try await fixture.upload(event("a", "Charged", data, ts: 1_600_000_000)).status == "success")
        let found = try await fixture.occurrences("charged", "a")
        var stored = try #require(data.object)
        stored["Nothing"] = nil
        #expect(found == [Occurrence(occurredAt: Timestamp(seconds: 1_600_000_000), properties: stored)])
    }

    @Test(arguments: TestEngine.available)
    func `what is too long is cut or left out, and said`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let long = JSONValue.string(String(repeating: "é", count: 513))
        let cut = JSONValue.string(String(repeating: "é", count: 512))
        let key = String(repeating: "k", count: 121)
        let data: JSONValue = .object(["Bio": long, key: 1, "Photo": .string("https://x.example/" + String(repeating: "p", count: 512))])
        let answer = try await fixture.upload(profile("a", data), event("a", "Read", .object(["Text": long, key: 1, "Short": 1])))
        #expect(answer.status == "success")
        #expect(answer.notes.map(\.record) == [1, 1, 1, 2, 2])
        #expect(Set(answer.notes.map(\.field)) == ["Bio", key, "Photo", "Text"])
        #expect(try await fixture.find("a")?.properties == ["Bio": cut])
        #expect(try await fixture.occurrences("Read", "a").map(\.properties) == [["Text": cut, "Short": 1]])
        #expect(answer.json["warnings"]?.array?.count == 5)
    }

    @Test func `tokens are checked and not kept`() async throws {
        let fixture = try await Fixture(.sqlite)
        let answer = try await fixture.upload(["type": "token", "objectId": "o", "tokenData": ["id": "x", "type": "fcm", "keys": [:]]])
        #expect(answer.json == ["status": "success", "processed": 1, "unprocessed": []])
        #expect(try await fixture.profiles.count(of: fixture.account) == 0)
    }
}
