import Audience
import Core
import Storage
import StorageTesting
import Testing

/// What the evaluator finds in blocks, whatever part of the history they hold and however they came to be, must be what a plain
/// reading of the rule finds.
@Suite struct BlockEvaluationTests {
    @Test(arguments: TestEngine.available)
    func `rules on blocks and a naive model agree while the world goes on`(kind: TestEngine) async throws {
        let (worlds, rounds) = kind == .sqlite ? (16, 24) : (2, 10)
        var sizes: Set<Int> = []
        for seed in 0..<UInt64(worlds) {
            var run = try await BlockRun(kind, seed: seed)
            for round in 0..<rounds {
                let action = try await run.act()
                for _ in 0..<12 {
                    let rule = RandomRule.rule(&run.dice)
                    let wanted = run.model.people(rule)
                    sizes.insert(wanted.count)
                    guard try await run.people(rule) != wanted else { continue }
                    let (check, model) = (run, run.model)
                    let least = try await smallest(rule) { try await check.people($0) != model.people($0) }
                    let (found, right) = (try await run.people(least), model.people(least))
                    Issue.record(
                        """
                        seed \(seed), round \(round), after \(action), \(run.sizes): \(least) \
                        found \(found.subtracting(right)), missed \(right.subtracting(found))
                        """)
                    return
                }
            }
        }
        #expect(sizes.count > 20)  // the rules are neither all empty nor all everyone
    }
}

/// A world that goes on: people come and change and do things, blocks are built in part, merged and thrown away.
struct BlockRun {
    let world: AudienceWorld
    let sizes: BlockSizes
    var dice: Dice
    private var history: History
    private let builder: BlockBuilder
    private let audiences: Audiences

    var model: NaiveModel { NaiveModel(history: history, members: TestMembers.lists) }

    init(_ kind: TestEngine, seed: UInt64) async throws {
        dice = Dice(seed: seed)
        history = History(people: 24, &dice)
        world = try await AudienceWorld(kind, slice: 1 + dice.roll(20))
        sizes = Self.sizes(&dice)
        builder = BlockBuilder(engine: world.engine, stores: world.stores, sizes: sizes)
        var settings = BlockSettings()
        settings.workers = 1 + dice.roll(3)
        settings.fewPeople = dice.pick([0, 0, 3])
        settings.freshPeople = dice.pick([2, 1000])
        settings.freshEvents = dice.pick([20, 1000])
        audiences = Audiences(
            engine: world.engine, stores: world.stores, builder: builder, cache: BlockCache(megabytes: dice.roll(2)),
            settings: settings, segments: TestMembers.audience)
        if dice.roll(2) == 0 { try await world.storeOthers(&dice) }
        try await world.store(history)
    }

    private static func sizes(_ dice: inout Dice) -> BlockSizes {
        var sizes = BlockSizes()
        guard dice.roll(4) > 0 else { return sizes }
        sizes.frame = 1 + dice.roll(5)
        sizes.rows = 4 + dice.roll(20)
        sizes.fanIn = 2 + dice.roll(2)
        sizes.events = 5 + dice.roll(30)
        sizes.people = 1 + dice.roll(12)
        sizes.stretch = .seconds(86_400 * (1 + dice.roll(30)))
        return sizes
    }

    /// Does the next thing and says what.
    mutating func act() async throws -> String {
        switch dice.roll(9) {
        case 0, 1:
            for _ in 0..<1 + dice.roll(3) { _ = try await builder.buildSome() }
            return "building"
        case 2, 3:
            for _ in 0..<1 + dice.roll(4) { _ = try await builder.merge() }
            return "merging"
        case 4:
            try await builder.catchUp()
            return "catching up"
        case 5:
            try await builder.rebuild()
            return "rebuilding"
        case 6:
            for _ in 0..<1 + dice.roll(4) { try await changeSomebody() }
            return "changes of people"
        case 7:
            for _ in 0..<1 + dice.roll(4) { try await letSomebodyDo() }
            return "events"
        default:
            let person = History.person(200_000 + Int64(history.people.count), &dice)
            history.people.append(person)
            try await world.engine.write { [world] in try world.store(person, in: $0) }
            return "a new person"
        }
    }

    private mutating func changeSomebody() async throws {
        let place = dice.roll(history.people.count)
        let new = History.person(history.people[place].id, &dice)
        history.people[place].properties = new.properties
        (history.people[place].email, history.people[place].phone) = (new.email, new.phone)
        (history.people[place].isOptedIn, history.people[place].saidAt) = (new.isOptedIn, new.saidAt)
        let person = history.people[place]
        try await world.engine.write { [world] in try world.change(person, in: $0) }
    }

    private mutating func letSomebodyDo() async throws {
        let place = dice.roll(history.people.count)
        let deeds = (0...dice.roll(3)).map { _ in History.deed(&dice) }
        history.people[place].deeds += deeds
        let id = history.people[place].id
        try await world.engine.write { [world] in try world.append(deeds, of: id, in: $0) }
    }

    func people(_ rule: AudienceRule) async throws -> Set<Int64> {
        Set(try await audiences.people(rule, of: AudienceWorld.account, at: AudienceWorld.moment).map(\.rawValue))
    }
}
