import Audience
import Core
import Profiles
import Storage
import StorageTesting
import Testing

/// What is loaded for an audience, whatever people did.
@Suite struct AudienceMemoryTests {
    typealias Deed = AudienceFixture.Deed

    private static func deeds(_ count: Int, _ name: String = "Viewed") -> [Deed] {
        (0..<count).map { Deed(name: name, ago: .seconds($0 / 2), properties: ["n": .int(Int64($0))]) }
    }

    @Test(arguments: TestEngine.available)
    func `a rule without filters only counts`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind)
        for id in 1...4 as ClosedRange<Int64> { try await fixture.add(id, did: Self.deeds(Int(id) * 3)) }
        let rule: JSONValue = [
            "did": [["event": "Viewed", "count": ["operator": "greater_than", "value": 5]]],
            "did_not": [["event": "Viewed", "from": 20_200_101, "to": 20_200_102]],
        ]
        #expect(try await fixture.audience(rule) == [2, 3, 4])
        #expect(fixture.engine.takeAnswers(to: "event.slice").isEmpty)
        #expect(fixture.engine.takeAnswers(to: "event.occurrences").isEmpty)
        #expect(fixture.engine.takeAnswers(to: "event.counts").map(\.count) == [4, 0])
    }

    @Test(arguments: TestEngine.available, [1, 2, 3, 7, 100])
    func `no more events than a slice are loaded at once, and none twice`(kind: TestEngine, slice: Int) async throws {
        let fixture = try await AudienceFixture(kind, slice: slice)
        let sizes = [1: 3, 2: 11, 3: 1, 4: 2, 5: 0, 6: 9] as [Int64: Int]
        for (id, size) in sizes { try await fixture.add(id, did: Self.deeds(size) + Self.deeds(2, "Other")) }
        for wanted in 1...11 {
            let rule: JSONValue = [
                "did": [
                    [
                        "event": "Viewed", "filters": [["name": "n", "operator": "exists"]],
                        "count": ["operator": "equals", "value": .int(Int64(wanted))],
                    ]
                ]
            ]
            #expect(try await fixture.audience(rule) == sizes.filter { $0.value == wanted }.keys.sorted())
            let slices = fixture.engine.takeAnswers(to: "event.slice")
            #expect(slices.allSatisfy { $0.count <= slice } && slices.reduce(0) { $0 + $1.count } == 26)
        }
    }

    @Test(arguments: TestEngine.available)
    func `nothing is loaded for people who are out already`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind)
        for id in 1...5 as ClosedRange<Int64> {
            try await fixture.add(id, ["City": id == 3 ? "Goa" : "Pune"], did: Self.deeds(4) + (id == 5 ? [] : Self.deeds(1, "Paid")))
        }
        let rule: JSONValue = [
            "did": [["event": "Viewed", "filters": [["name": "n", "value": 3]]], ["event": "Paid"]],
            "profile": [["name": "City", "value": "Pune"]],
        ]
        #expect(try await fixture.audience(rule) == [1, 2, 4])
        let loaded = try fixture.engine.takeAnswers(to: "event.slice").joined().map { try $0.integer(1) }
        #expect(Set(loaded) == [1, 2, 4])
    }
}
