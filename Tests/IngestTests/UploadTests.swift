import Core
import Ingest
import Profiles
import Storage
import StorageTesting
import Testing

struct UploadTests {
    @Test(arguments: TestEngine.available)
    func `good records are stored and bad ones refused by their own number`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let answer = try await fixture.upload(
            profile("a", ["Email": "x"]), profile("b", ["Name": "Ben"]), event("c", "Notification Sent"), event("b", "Viewed"),
            profile("b", ["Name": ["$incr": 1]]), event("d", nil))
        #expect(answer.status == "partial" && answer.processed == 2)
        #expect(answer.unprocessed.map(\.code) == [515, 513, 512, 509])
        #expect(answer.unprocessed.map(\.error.last) == ["1", "3", "5", "6"])
        #expect(try await fixture.profiles.count(of: fixture.account) == 1)
        #expect(try await fixture.summary("b")["Viewed"]?.count == 1)
        #expect(
            answer.json["unprocessed"]?.array?.first == [
                "status": "fail", "code": 515, "error": "Profile data is incorrect. Email is not valid.Skipped record number : 1",
                "record": profile("a", ["Email": "x"]),
            ])
    }

    @Test(arguments: TestEngine.available)
    func `a store's own rules refuse a record alone`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.upload(profile("a", ["City": "Pune", "Visits": 1]))
        let records: [JSONValue] = [
            profile("a", ["Visits": ["$incr": 1], "City": "Goa"]), profile("a", ["City": ["$incr": 1], "Visits": ["$incr": 1]]),
            profile("new", ["Count": ["$incr": 1]]), profile("new", ["Count": "text"]), profile("new", ["Count": ["$incr": 1]]),
        ]
        let answer = try await fixture.uploads.upload(["d": .array(records)], to: fixture.account)
        #expect(answer.unprocessed.map(\.code) == [512, 512])
        #expect(answer.unprocessed[0].error == #"Profile data is incorrect. "City" is not a number.Skipped record number : 2"#)
        #expect(try await fixture.find("a")?.properties == ["City": "Goa", "Visits": 2])
        #expect(try await fixture.find("new")?.properties == ["Count": "text"])
    }

    @Test(arguments: TestEngine.available)
    func `the 513th event type is refused with 512`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let records = (1...514).map { event(.string("p\($0)"), .string("Type \($0)")) }
        let answer = try await fixture.uploads.upload(["d": .array(records)], to: fixture.account)
        #expect(answer.processed == 512 && answer.unprocessed.map(\.code) == [512, 512])
        #expect(try await fixture.profiles.count(of: fixture.account) == 512)
        #expect(try await fixture.upload(event("p513", "type 7"), event("p514", "Type 513")).unprocessed.map(\.code) == [512])
    }

    @Test(arguments: TestEngine.available)
    func `a dry run gives the same answer and stores nothing`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.upload(profile("a", ["City": "Pune"]), event("a", "Viewed"))
        let (before, rows) = (try await fixture.find("a"), try await fixture.rowCounts())
        let records: JSONValue = [
            profile("a", ["City": "Goa", "MSG-whatsapp": true, "Phone": "+14155551234", "MSG-dndWhatsApp": true]), event("b", "New Type"),
            profile("a", ["City": ["$incr": 1]]), profile("c", ["Age": "x"]), profile("d", ["MSG-dndWhatsApp": true]),
        ]
        let trial = try await fixture.uploads.upload(["d": records], to: fixture.account, dryRun: true)
        #expect(try await fixture.find("a") == before)
        #expect(try await fixture.rowCounts() == rows)
        #expect(trial.processed == 3 && trial.unprocessed.map(\.code) == [512, 520] && trial.notes.map(\.record) == [5])
        #expect(try await fixture.uploads.upload(["d": records], to: fixture.account) == trial)
    }

    @Test(arguments: [JSONValue.null, [], ["d": ["x": 1]], ["D": []], "text"])
    func `a body without the array d is malformed`(body: JSONValue) async throws {
        let fixture = try await Fixture(.sqlite)
        let upload = await #expect(throws: InputError.self) { try await fixture.uploads.upload(body, to: fixture.account) }
        let subscribe = await #expect(throws: InputError.self) { try await fixture.subscriptions.subscribe(body, to: fixture.account) }
        #expect(upload?.code == "malformed" && subscribe?.code == "malformed")
    }

    @Test func `1001 records are refused whole, 1000 and none are taken`() async throws {
        let fixture = try await Fixture(.sqlite)
        let records = (1...1001).map { profile(.int($0), [:]) }
        let error = await #expect(throws: InputError.self) {
            try await fixture.uploads.upload(["d": .array(records)], to: fixture.account)
        }
        #expect(error?.code == "too_many_records")
        #expect(try await fixture.profiles.count(of: fixture.account) == 0)
        #expect(try await fixture.uploads.upload(["d": .array(Array(records.dropLast()))], to: fixture.account).processed == 1000)
        #expect(try await fixture.upload().json == ["status": "success", "processed": 0, "unprocessed": []])
    }

    @Test(arguments: TestEngine.available)
    func `an older record does not undo a newer one`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.upload(profile("a", ["City": "Pune", "MSG-whatsapp": false], ts: 2000))
        try await fixture.upload(profile("a", ["City": "Goa", "Plan": "Gold", "MSG-whatsapp": true], ts: 1000))
        let profile = try #require(try await fixture.find("a"))
        #expect(profile.properties == ["City": "Pune", "Plan": "Gold"] && !profile.whatsApp)
    }

    @Test(arguments: TestEngine.available)
    func `a time in the future does not shut out later records`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.upload(profile("a", ["City": "Pune"], ts: 4_000_000_000))
        try await fixture.upload(profile("a", ["City": "Goa"]))
        #expect(try await fixture.find("a")?.properties == ["City": "Goa"])
    }

    @Test(arguments: TestEngine.available)
    func `calls at the same time make one profile of one identity`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let answers = try await withThrowingTaskGroup(of: UploadAnswer.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await fixture.upload(
                        profile("same", [.init("from \(number)"): 1, "Visits": ["$incr": 1]]), event("same", "Viewed"),
                        profile(.string("own \(number)"), [:]))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.processed == 3 })
        #expect(try await fixture.profiles.count(of: fixture.account) == 9)
        #expect(try await fixture.find("same")?.properties.count == 9)
        #expect(try await fixture.find("same")?.properties["Visits"] == 8)
        #expect(try await fixture.summary("same")["Viewed"]?.count == 8)
    }
}
