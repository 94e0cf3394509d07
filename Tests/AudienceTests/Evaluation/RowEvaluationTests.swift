import Audience
import Core
import Storage
import StorageTesting
import Testing

/// What the evaluator finds in the rows must be what a plain reading of the rule finds.
@Suite struct RowEvaluationTests {
    @Test(arguments: TestEngine.available)
    func `rules on rows and a naive model agree`(kind: TestEngine) async throws {
        let (worlds, rules) = kind == .sqlite ? (12, 150) : (3, 60)
        var sizes: Set<Int> = []
        for seed in 0..<UInt64(worlds) {
            var dice = Dice(seed: seed)
            let history = History(people: 30, &dice)
            let world = try await AudienceWorld(kind)
            try await world.store(history)
            let (model, check) = (NaiveModel(history: history, members: TestMembers.lists), RowCheck(world))
            for _ in 0..<rules {
                let rule = RandomRule.rule(&dice)
                let expected = model.people(rule)
                sizes.insert(expected.count)
                guard try await check.people(rule, history) != expected else { continue }
                let least = try await smallest(rule) { try await check.people($0, history) != model.people($0) }
                let (found, wanted) = (try await check.people(least, history), model.people(least))
                Issue.record("seed \(seed): \(least) found \(found.subtracting(wanted)), missed \(wanted.subtracting(found))")
                return
            }
        }
        #expect(sizes.count > 20)  // the rules are neither all empty nor all everyone
    }

    @Test(arguments: TestEngine.available)
    func `an explanation says of each clause what judging says`(kind: TestEngine) async throws {
        var dice = Dice(seed: 77)
        let history = History(people: 12, &dice)
        let world = try await AudienceWorld(kind)
        try await world.store(history)
        let model = NaiveModel(history: history, members: TestMembers.lists)
        for _ in 0..<60 {
            let (rule, person) = (RandomRule.rule(&dice), dice.pick(history.people))
            let explanation = try #require(try await RowCheck(world).explain(rule, person.id))
            var rest = [explanation]
            while let part = rest.popLast() {
                #expect(part.holds == model.fits(person, part.rule), "\(part.rule) of \(person)")
                rest += part.parts
            }
        }
        #expect(try await RowCheck(world).explain(.everyone, 999) == nil)
    }
}

struct RowCheck {
    private let world: AudienceWorld
    private let audiences: Audiences

    init(_ world: AudienceWorld) {
        self.world = world
        audiences = Audiences(
            engine: world.engine, stores: world.stores, builder: BlockBuilder(engine: world.engine, stores: world.stores),
            segments: TestMembers.audience)
    }

    func people(_ rule: AudienceRule, _ history: History) async throws -> Set<Int64> {
        let ids = history.people.map { ProfileID(rawValue: $0.id) } + [ProfileID(rawValue: 4711)]
        return try await world.engine.read { [audiences] in
            Set(try audiences.judge(rule, ids, of: AudienceWorld.account, at: AudienceWorld.moment, in: $0).map(\.rawValue))
        }
    }

    func explain(_ rule: AudienceRule, _ person: Int64) async throws -> Explanation? {
        try await world.engine.read { [audiences] in
            try audiences.explain(rule, ProfileID(rawValue: person), of: AudienceWorld.account, at: AudienceWorld.moment, in: $0)
        }
    }
}
