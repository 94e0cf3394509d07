import Audience
import Core
import CoreTesting
import Storage
import StorageTesting
import Testing

struct CustomListTests {
    @Test(arguments: TestEngine.available)
    func `known people are taken and the rest is counted with examples`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        try await world.addPeople(1...5)
        let text = """
            \u{FEFF}Type,Identity\r
            i,p1\r
            g,o2\r
            I,"p3"\r
            i,o4\r
            i,p1\r
            x,p5\r
            i,\r
            i\r
            \r
            i,nobody\r
            """
        let (list, report) = try await world.list("L", text)
        #expect(list.type == .customList)
        #expect(report.rows == 9 && report.taken == 3 && report.repeated == 1 && report.unknown == 2 && report.bad == 3)
        #expect(report.unknownExamples == [.init(row: 5, text: "o4"), .init(row: 11, text: "nobody")])
        #expect(report.badExamples.map(\.row) == [7, 8, 9])
        #expect(try await world.people(["segments": ["include": [.int(list.id.rawValue)]]]) == ["p1", "p2", "p3"])
    }

    @Test(arguments: TestEngine.available)
    func `a large list comes in any pieces and shows twenty examples`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        try await world.addPeople(1...900)
        let rows = (1...5000).map { "i,p\($0)" }.joined(separator: "\n")
        let (list, report) = try await world.lists.create(
            named: "L", from: Pieces("Identity\tType\n".replacing("Identity\tType", with: "Type,Identity") + rows, of: 777),
            for: world.account)
        #expect(report.taken == 900 && report.unknown == 4100 && report.unknownExamples.count == 20)
        #expect(report.unknownExamples.first == .init(row: 902, text: "p901"))
        let members = try await world.engine.read { try SegmentStore.members(of: list.id, in: $0).count }
        #expect(members == 900)
    }

    private static let broken: [(text: String, code: String)] = [
        ("", "invalid_csv"), ("a,b\ni,p1", "invalid_csv"), ("i,p1\ni,p2", "invalid_csv"), ("Type,Identity\n", "empty_list"),
        ("Type,Identity\ni,nobody\nx,p1", "empty_list"), ("Type,Identity\ni,p1\ni,\"p2", "invalid_csv"),
        ("Type,Identity\ni,p1\ni,\"\(String(repeating: "x\n", count: 40_000))", "invalid_csv"),
    ]

    @Test(arguments: TestEngine.available, broken)
    func `a file that fails leaves the old list, and makes no new one`(kind: TestEngine, file: (text: String, code: String)) async throws {
        let world = try await SegmentWorld(kind)
        try await world.addPeople(1...3)
        let list = try await world.list("L", "Type,Identity\ni,p3").segment
        for id in [list.id, nil] {
            await #expect {
                guard let id else { return _ = try await world.list("M", file.text) }
                _ = try await world.lists.replace(id, of: world.account, with: Pieces(file.text))
            } throws: {
                ($0 as? InputError)?.code == file.code
            }
        }
        #expect(try await world.people(["segments": ["include": [.int(list.id.rawValue)]]]) == ["p3"])
        #expect(try await world.segments.page(of: world.account, SegmentFilter(), upTo: 5).count == 1)
    }

    @Test(arguments: TestEngine.available)
    func `a list is replaced unless a campaign runs on it, by way of others, too`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        try await world.addPeople(1...3)
        let list = try await world.list("L", "Type,Identity\ni,p3").segment
        let around = try await world.save("around", ["not": ["segments": ["include": [.int(list.id.rawValue)]]]])
        try await world.addCampaign(7, "running", who: ["segment_id": .int(around.id.rawValue)])
        await #expect { try await world.lists.replace(list.id, of: world.account, with: Pieces("Type,Identity\ni,p1")) } throws: {
            ($0 as? InputError)?.code == "segment_in_use" && ($0 as? InputError)?.message.contains("campaign 7") == true
        }
        try await world.setCampaign(7, "scheduled")
        world.time.now = world.time.now + .seconds(5)
        let (after, report) = try await world.lists.replace(
            list.id, of: world.account, with: Pieces("Type,Identity\ni,p1"), by: "Asha")
        #expect(report.taken == 1 && after.updatedBy == "Asha" && after.updatedAt == world.time.now)
        #expect(try await world.people(["segments": ["include": [.int(list.id.rawValue)]]]) == ["p1"])
        await #expect { try await world.lists.replace(around.id, of: world.account, with: Pieces("")) } throws: {
            ($0 as? InputError)?.code == "not_a_list"
        }
    }

    @Test func `a file above 50 MB is refused while it comes`() async throws {
        let world = try await SegmentWorld(.sqlite)
        let row = "x,0123456789012345678901234567890123456789\n"
        let text = "Type,Identity\n" + String(repeating: row, count: 50_000_000 / row.utf8.count + 2)
        await #expect { try await world.lists.create(named: "L", from: Pieces(text, of: 65_536), for: world.account) } throws: {
            ($0 as? InputError)?.code == "too_large"
        }
    }

    /// Sparse and dense chunks, and their ends.
    @Test(arguments: TestEngine.available)
    func `any set of people comes back as it was kept`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        var random = SeededGenerator(seed: 7)
        for count in [1, 4095, 4096, 20_000] {
            let text = "Type,Identity\n" + "i,p1"
            try await world.addPeople(1...1)
            let list = try await world.list("L\(count)", text).segment
            var people = Set<Int64>((0..<count).map { _ in Int64(random.next() % 150_000) + 1 })
            people.formUnion([65_535, 65_536, 131_071])
            let set = PeopleSet(people.map { ProfileID(rawValue: $0) })
            try await world.engine.write { try world.segments.setMembers(set, of: list.id, in: $0) }
            #expect(try await world.engine.read { try SegmentStore.members(of: list.id, in: $0) } == set)
        }
    }
}
