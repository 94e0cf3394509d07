import Audience
import Core
import Testing

@Suite struct PeopleSetTests {
    @Test(arguments: 0..<40 as Range<UInt64>)
    func `sets of people and plain sets agree`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let (a, b) = (Self.ids(&dice), Self.ids(&dice))
        let (people, others) = (PeopleSet(a.map(ProfileID.init(rawValue:))), PeopleSet(b.map(ProfileID.init(rawValue:))))
        #expect(people.map(\.rawValue) == a.sorted())
        #expect((people.count, people.isEmpty) == (a.count, a.isEmpty))
        #expect(people.union(others).map(\.rawValue) == a.union(b).sorted())
        #expect(people.intersection(others).map(\.rawValue) == a.intersection(b).sorted())
        #expect(people.subtracting(others).map(\.rawValue) == a.subtracting(b).sorted())
        #expect(people.union(others) == others.union(people))
        #expect(people.subtracting(people) == PeopleSet())
        for id in b { #expect(people.contains(ProfileID(rawValue: id)) == a.contains(id)) }
        let after = Int64(dice.roll(300_000))
        let page = people.page(after: ProfileID(rawValue: after), upTo: 7)
        #expect(page.map(\.rawValue) == Array(a.filter { $0 > after }.sorted().prefix(7)))
        var less = people
        for id in b { less.remove(ProfileID(rawValue: id)) }
        #expect(less == people.subtracting(others))
    }

    /// Crowded and sparse stretches, with the ends of words and chunks among them.
    private static func ids(_ dice: inout Dice) -> Set<Int64> {
        var ids: Set<Int64> = []
        for _ in 0..<dice.roll(60) { ids.insert(Int64(1 + dice.roll(200))) }
        for _ in 0..<dice.roll(20) { ids.insert(Int64(dice.pick([63, 64, 65_535, 65_536, 131_071, 131_072, 262_144]))) }
        for _ in 0..<dice.roll(20) { ids.insert(Int64(1 + dice.roll(300_000))) }
        return ids
    }
}
