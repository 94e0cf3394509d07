import Audience
import Core
import Storage
import StorageTesting
import Testing
import ZoneTime

struct SegmentStoreTests {
    private static let high: JSONValue = ["profile": [["name": "n", "operator": "greater_than", "value": 3]]]
    private static let live: JSONValue = [
        "type": "inaction", "event": ["name": "Added To Cart"], "without": ["name": "Charged"], "within": ["minutes": 30],
    ]

    @Test(arguments: TestEngine.available)
    func `everyone who booked tickets last week is saved and counted`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        try await world.addPeople(1...6)
        try await world.did("Tickets Booked", [1, 2, 3], at: world.time.now - .seconds(3 * 86_400))
        try await world.did("Tickets Booked", [3, 4], at: world.time.now - .seconds(9 * 86_400))
        let rule: JSONValue = ["did": [["event": "tickets booked", "window": ["last": ["days": 7]]]]]
        let segment = try await world.save("Booked last week", rule)
        #expect(segment.type == .pastBehaviour && segment.name == "Booked last week")
        #expect(try await world.segments.segment(segment.id, of: world.account) == segment)
        #expect(try await world.finder.estimate(.segment(segment.id), of: world.account).count == 3)
        #expect(try await world.people(["segments": ["include": [.int(segment.id.rawValue)]]]) == ["p1", "p2", "p3"])
        #expect(try await world.people(["segments": ["exclude": [.int(segment.id.rawValue)]]]) == ["p4", "p5", "p6"])
    }

    @Test(arguments: TestEngine.available)
    func `names are told apart without case, within an account`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        let first = try await world.save(" High ", Self.high)
        #expect(first.name == "High")
        await #expect(throws: InputError.self) { try await world.save("HIGH", [:]) }
        let second = try await world.save("Low", [:])
        await #expect { try await world.segments.change(second.id, of: world.account, by: SegmentChange(name: "high")) } throws: {
            ($0 as? InputError)?.code == "name_taken"
        }
        #expect(try await world.segments.change(first.id, of: world.account, by: SegmentChange(name: "HIGH")).name == "HIGH")
        #expect(try await world.segments.segment(first.id, of: AccountID(rawValue: 2)) == nil)
    }

    @Test(arguments: TestEngine.available)
    func `a segment keeps its type, and a live one stands in no rule`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        let live = try await world.segments.create(SegmentDraft(json: ["name": "Cart", "live": Self.live]), for: world.account, by: "Asha")
        #expect(live.type == .inaction && live.createdBy == "Asha")
        #expect(try await world.segments.segment(live.id, of: world.account) == live)
        await #expect { try await world.segments.change(live.id, of: world.account, by: SegmentChange(json: ["where": [:]])) } throws: {
            ($0 as? InputError)?.code == "fixed_type"
        }
        await #expect { try await world.save("Uses", ["segments": ["include": [.int(live.id.rawValue)]]]) } throws: {
            ($0 as? InputError)?.code == "live_segment" && ($0 as? InputError)?.field == "where"
        }
        let has = try await world.engine.read { try world.segments.hasPeople(live.id, of: world.account, in: $0) }
        #expect(!has)
    }

    @Test(arguments: TestEngine.available)
    func `a segment that would need itself is refused, also by way of others`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        let a = try await world.save("a", Self.high)
        let b = try await world.save("b", ["segments": ["include": [.int(a.id.rawValue)]]])
        let c = try await world.save("c", ["not": ["segments": ["include": [.int(b.id.rawValue)]]]])
        for needed in [a, b, c] {
            let rule = try AudienceRule(json: ["segments": ["exclude": [.int(needed.id.rawValue)]]], path: "where")
            await #expect {
                try await world.segments.change(a.id, of: world.account, by: SegmentChange(content: .past(rule)))
            } throws: {
                ($0 as? InputError)?.code == "segment_cycle"
            }
        }
        await #expect { try await world.save("d", ["segments": ["include": [99]]]) } throws: {
            ($0 as? InputError)?.code == "unknown_segment"
        }
        #expect(try await world.segments.segment(a.id, of: world.account) == a)
    }

    @Test(arguments: TestEngine.available)
    func `segments inside one another are worked out by what they say now`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        try await world.addPeople(1...6)
        let a = try await world.save("a", Self.high)
        let list = try await world.list("l", "Type,Identity\ni,p5\ni,p1").segment
        let b = try await world.save(
            "b", ["segments": ["include": [.int(a.id.rawValue)], "exclude": [.int(list.id.rawValue)]]])
        #expect(try await world.people(["segments": ["include": [.int(b.id.rawValue)]]]) == ["p4", "p6"])
        let change = SegmentChange(content: .past(.everyone))
        _ = try await world.segments.change(a.id, of: world.account, by: change)
        #expect(try await world.people(["segments": ["include": [.int(b.id.rawValue)]]]) == ["p2", "p3", "p4", "p6"])
    }

    @Test(arguments: TestEngine.available)
    func `what is used is not deleted, and the refusal names the users`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        let a = try await world.save("a", Self.high)
        let b = try await world.save("b", ["segments": ["include": [.int(a.id.rawValue)]]])
        try await world.addCampaign(7, "scheduled", who: ["segment_id": .int(b.id.rawValue)])
        try await world.addCampaign(8, "running", who: ["where": ["any": [["segments": ["exclude": [.int(b.id.rawValue)]]]]]])
        await #expect { try await world.segments.delete(a.id, of: world.account) } throws: {
            ($0 as? InputError)?.message.contains("the segment \(b.id) “b”") == true
        }
        await #expect { try await world.segments.delete(b.id, of: world.account) } throws: {
            let error = $0 as? InputError
            return error?.code == "segment_in_use" && error?.message.contains("the campaign 7") == true
                && error?.message.contains("the campaign 8") == true
        }
        try await world.setCampaign(7, "stopped")
        try await world.setCampaign(8, "completed")
        try await world.segments.delete(b.id, of: world.account)
        try await world.segments.delete(a.id, of: world.account)
        await #expect(throws: InputError.self) { try await world.segments.delete(a.id, of: world.account) }
    }

    @Test(arguments: TestEngine.available)
    func `a copy has a free name and the same people`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        try await world.addPeople(1...3)
        let list = try await world.list(String(repeating: "x", count: 120), "Type,Identity\ni,p2").segment
        let first = try await world.segments.clone(list.id, of: world.account)
        let second = try await world.segments.clone(list.id, of: world.account, by: "Asha")
        #expect(first.name.hasPrefix("Copy of x") && first.name.count == 120)
        #expect(second.name.hasPrefix("Copy 2 of x") && second.createdBy == "Asha")
        #expect(try await world.people(["segments": ["include": [.int(second.id.rawValue)]]]) == ["p2"])
    }

    private static let orders = SegmentFilter.Order.allCases.flatMap { order in [(order, false), (order, true)] }

    @Test(arguments: TestEngine.available, orders)
    func `pages cover the list once, in order`(kind: TestEngine, order: (by: SegmentFilter.Order, isDescending: Bool)) async throws {
        let world = try await SegmentWorld(kind)
        var made: [Segment] = []
        for name in ["Bees", "ants", "Cats", "b_es", "dogs"] {
            made.append(try await world.save(name, [:]))
            if made.count.isMultiple(of: 2) { world.time.now = world.time.now + .seconds(1) }
        }
        var (filter, seen) = (SegmentFilter(order: order.by, isDescending: order.isDescending), [Segment]())
        while true {
            let page = try await world.segments.page(of: world.account, filter, upTo: 2)
            seen += page
            guard page.count == 2, let last = page.last else { break }
            filter.after = SegmentPlace(of: last, in: order.by)
        }
        let key = { (segment: Segment) -> (String, Int64) in
            let time = order.by == .created ? segment.createdAt : segment.updatedAt
            return (order.by == .name ? segment.name.lowercased() : "\(time.microseconds)", segment.id.rawValue)
        }
        let sorted = made.sorted { order.isDescending ? key($0) > key($1) : key($0) < key($1) }
        #expect(seen.map(\.name) == sorted.map(\.name))
    }

    @Test(arguments: TestEngine.available)
    func `a list is searched by name, id and type`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        try await world.addPeople(1...1)
        let (one, two) = (try await world.save("100% of Goa", [:]), try await world.save("Pune_x", [:]))
        let list = try await world.list("Goa list", "Type;Identity\ni;p1").segment
        func found(_ filter: SegmentFilter) async throws -> Set<SegmentID> {
            Set(try await world.segments.page(of: world.account, filter, upTo: 50).map(\.id))
        }
        #expect(try await found(SegmentFilter(search: "GOA")) == [one.id, list.id])
        #expect(try await found(SegmentFilter(search: "%")) == [one.id])
        #expect(try await found(SegmentFilter(search: "_")) == [two.id])
        #expect(try await found(SegmentFilter(search: "\(two.id)")) == [two.id])
        #expect(try await found(SegmentFilter(search: "goa", types: [.customList])) == [list.id])
        #expect(try await found(SegmentFilter(search: "a\0")) == [one.id, list.id])
        #expect(try await found(SegmentFilter(types: [.inaction])).isEmpty)
    }

    private static let broken: [(json: JSONValue, field: String?)] = [
        ("x", nil), (["where": [:]], "name"), (["name": " ", "where": [:]], "name"), (["name": "a"], "where"),
        (["name": "a", "where": [:], "live": [:]], "live"), (["name": "a", "live": [:]], "live.type"),
        (["name": "a", "live": ["type": "inaction"]], "live.event"), (["name": "a", "where": ["x": 1]], "where.x"),
        (["name": "a", "where": [:], "rule": [:]], "rule"), (["name": .string(String(repeating: "x", count: 121)), "where": [:]], "name"),
        (["name": "a", "live": 5], "live"),
    ]

    @Test(arguments: broken)
    func `a draft that cannot be meant is refused by the field`(json: JSONValue, field: String?) {
        #expect { try SegmentDraft(json: json) } throws: { ($0 as? InputError)?.field == field }
    }
}
