import Audience
import Core
import Profiles
import Storage
import StorageTesting
import Testing

@Suite struct AudienceReaderTests {
    typealias Deed = AudienceFixture.Deed

    @Test(arguments: TestEngine.available)
    func `an empty rule is everyone, in id order, whatever the size of the pages`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind)
        #expect(try await fixture.audience([:]) == [])
        for id in [1, 2, 3, 7, 9] as [Int64] { try await fixture.add(id) }
        for limit in 1...6 { #expect(try await fixture.audience(.everyone, pages: limit) == [1, 2, 3, 7, 9]) }
    }

    @Test(arguments: TestEngine.available)
    func `people of another account are not looked at`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind)
        try await fixture.add(1)
        let page = try await fixture.reader.page(.everyone, of: AccountID(rawValue: 2), after: nil, at: AudienceFixture.now)
        #expect(page.matching.isEmpty && page.last == nil && page.isEnd)
    }

    @Test(arguments: TestEngine.available)
    func `the last seven days begin with the day seven days ago`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind)
        let days = { (days: Double) in Duration.seconds(days * 86_400) }
        // It is 16:00, so the 8th began seven days and sixteen hours ago.
        try await fixture.add(1, did: [Deed(name: "Booked", ago: .zero)])
        try await fixture.add(2, did: [Deed(name: "Booked", ago: days(7) + .seconds(16 * 3600))])
        try await fixture.add(3, did: [Deed(name: "Booked", ago: days(7) + .seconds(16 * 3600 + 1))])
        try await fixture.add(4, did: [Deed(name: "Booked", ago: days(-1))])
        try await fixture.add(5, did: [Deed(name: "Other", ago: .zero)])
        #expect(try await fixture.audience(["did": [["event": "Booked", "within_days": 7]]]) == [1, 2])
        #expect(try await fixture.audience(["did_not": [["event": "Booked", "within_days": 7]]]) == [3, 4, 5])
        #expect(try await fixture.audience(["did": [["event": "booked "]]]) == [1, 2, 3])
        #expect(try await fixture.audience(["did": [["event": "Booked", "from": 20_270_107, "to": 20_270_108]]]) == [2, 3])
    }

    @Test(arguments: TestEngine.available)
    func `what lies in the future is not done yet, whatever the window`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind)
        try await fixture.add(1, did: [Deed(name: "Booked", ago: .zero, properties: ["Seat": "A"])])
        try await fixture.add(2, did: [Deed(name: "Booked", ago: .microseconds(-1), properties: ["Seat": "A"])])
        try await fixture.add(3, did: [Deed(name: "Booked", ago: .seconds(-86_400 * 365), properties: ["Seat": "A"])])
        let windows: [[String: JSONValue]] = [
            [:], ["within_days": 1], ["within_days": 3650], ["from": 20_270_115], ["to": 20_300_101],
            ["from": 20_270_101, "to": 20_300_101],
        ]
        for var event in windows {
            event["event"] = "Booked"
            #expect(try await fixture.audience(["did": [.object(event)]]) == [1])
            event["filters"] = [["name": "Seat", "value": "A"]]
            #expect(try await fixture.audience(["did": [.object(event)]]) == [1])
            #expect(try await fixture.audience(["did_not": [.object(event)]]) == [2, 3])
        }
        #expect(try await fixture.audience(["did": [["event": "Booked", "from": 20_280_101]]]) == [])
    }

    @Test(arguments: TestEngine.available)
    func `a date beyond all calendars in a stored value is a text`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind)
        let far: JSONValue = ["$D_9999999999999", "$D_-9999999999999"]
        try await fixture.add(1, ["Dates": far], did: [Deed(name: "A", ago: .zero, properties: ["Dates": far])])
        let filters: JSONValue = [["name": "Dates", "operator": "greater_than", "value": "$D_0"]]
        #expect(try await fixture.audience(["profile": filters]) == [])
        #expect(try await fixture.audience(["did": [["event": "A", "filters": filters]]]) == [])
        #expect(try await fixture.audience(["profile": [["name": "Dates", "value": "$D_9999999999999"]]]) == [1])
    }

    @Test(arguments: TestEngine.available)
    func `an event counts in each rule by that rule's own window and filters`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind)
        let day = Duration.seconds(86_400)
        try await fixture.add(1, did: [Deed(name: "Charged", ago: day, properties: ["Amount": 60])])
        try await fixture.add(2, did: [Deed(name: "Charged", ago: day * 20, properties: ["Amount": 60])])
        try await fixture.add(
            3, did: [Deed(name: "Charged", ago: day * 20, properties: ["Amount": 60]), Deed(name: "Charged", ago: day)])
        let rule: JSONValue = [
            "did": [["event": "Charged", "filters": [["name": "Amount", "operator": "greater_than", "value": 50]]]],
            "did_not": [["event": "Charged", "within_days": 7]],
        ]
        #expect(try await fixture.audience(rule) == [2])
    }

    @Test(arguments: TestEngine.available)
    func `a count never includes those who did nothing`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind)
        for id in 0...4 { try await fixture.add(Int64(id + 1), did: (0..<id).map { Deed(name: "Played", ago: .seconds($0)) }) }
        func count(_ name: String, _ value: JSONValue) async throws -> [Int64] {
            try await fixture.audience(["did": [["event": "Played", "count": ["operator": .string(name), "value": value]]]])
        }
        #expect(try await count("less_than", 3) == [2, 3])
        #expect(try await count("not_equals", 2) == [2, 4, 5])
        #expect(try await count("equals", 2) == [3])
        #expect(try await count("greater_than_equals", 3) == [4, 5])
        #expect(try await count("between", [1, 2]) == [2, 3])
    }

    @Test(arguments: TestEngine.available)
    func `the query form of the vendor means the same`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind)
        let deed = Deed(name: "Charged", ago: .zero, properties: ["Amount": 80])
        try await fixture.add(1, ["Customer Type": "Platinum", "Gender": "F"], did: [deed])
        try await fixture.add(2, ["Customer Type": "Platinum", "Gender": "M"], did: [deed])
        try await fixture.add(3, ["Customer Type": "Gold", "Gender": "F"], did: [deed])
        try await fixture.add(4, ["Customer Type": "Platinum", "Gender": "F"], did: [deed, Deed(name: "Returned", ago: .zero)])
        let query: JSONValue = [
            "event_name": "Charged", "from": 20_270_115, "to": 20_270_115,
            "event_properties": [["name": "Amount", "operator": "greater_than", "value": 50]],
            "common_profile_properties": [
                "profile_fields": [["name": "Customer Type", "value": "Platinum"]],
                "demographics": [["name": "Gender", "value": "Female"]],
            ],
            "advanced_query": [
                "did_all": [["event_name": "Charged", "operator": "equals", "value": 1]], "did_none": [["event_name": "Returned"]],
            ],
        ]
        #expect(try await fixture.audience(query) == [1])
    }
}
