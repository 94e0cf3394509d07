import Core
import Profiles
import Storage
import StorageTesting
import Testing

@Suite struct NumberTroubleTests {
    private static let (hour, day) = (Duration.seconds(3600), Duration.seconds(24 * 3600))

    @Test(arguments: TestEngine.available)
    func `a certain strike counts at once`(kind: TestEngine) async throws {
        let person = try await Troubled(kind)
        #expect(try await person.reachability() == .reachable(person.phone))
        try await person.strike(isVague: false, after: .zero)
        #expect(try await person.reachability() == .unreachable)
    }

    @Test(arguments: TestEngine.available)
    func `a vague strike counts when it is the third in a row over a week`(kind: TestEngine) async throws {
        let week = Self.day * 7
        for (strikes, isReachable) in [
            ([.zero], true), ([.zero, Self.day], true), ([.zero, Self.day, week - .microseconds(1)], true),
            ([.zero, Self.day, week], false),
            ([.zero, week], true), ([.zero, week, week * 2], false), ([.zero, Self.hour, Self.hour * 2, Self.hour * 3, Self.day], true),
            ([.zero, Self.hour, Self.hour * 2, week], false),
        ] as [([Duration], Bool)] {
            let person = try await Troubled(kind)
            for time in strikes { try await person.strike(isVague: true, after: time) }
            #expect(try await person.reachability() == (isReachable ? .reachable(person.phone) : .unreachable), "\(strikes)")
        }
    }

    @Test(arguments: TestEngine.available)
    func `the same strike again, or an older one, counts once`(kind: TestEngine) async throws {
        let person = try await Troubled(kind)
        for time in [.zero, .zero, Self.day * 7, Self.day * 7, Self.day, .zero] { try await person.strike(isVague: true, after: time) }
        #expect(try await person.reachability() == .reachable(person.phone))
        try await person.strike(isVague: true, after: Self.day * 8)
        #expect(try await person.reachability() == .unreachable)
    }

    @Test(arguments: TestEngine.available)
    func `what works in between begins the row anew`(kind: TestEngine) async throws {
        let person = try await Troubled(kind)
        for time in [.zero, Self.day] { try await person.strike(isVague: true, after: time) }
        try await person.clear()
        for time in [Self.day * 8, Self.day * 9] { try await person.strike(isVague: true, after: time) }
        #expect(try await person.reachability() == .reachable(person.phone))
        try await person.strike(isVague: true, after: Self.day * 15)
        #expect(try await person.reachability() == .unreachable)
        try await person.clear()
        #expect(try await person.reachability() == .reachable(person.phone))
    }

    @Test(arguments: TestEngine.available)
    func `a pause of marketing lasts as long as was said, and is told as a pause`(kind: TestEngine) async throws {
        let person = try await Troubled(kind)
        try await person.quiet(for: Self.day, after: .zero)
        #expect(try await person.reachability(after: Self.day - .microseconds(1)) == .marketingPaused(person.phone))
        #expect(try await person.reachability(after: Self.day) == .reachable(person.phone))
    }

    @Test(arguments: TestEngine.available)
    func `each further pause is twice as long, a week at most`(kind: TestEngine) async throws {
        let person = try await Troubled(kind)
        var (time, lengths) = (Duration.zero, [Duration]())
        for _ in 1...6 {
            try await person.quiet(for: Self.day, after: time)
            let length = try await person.quietLength(from: time)
            lengths.append(length)
            time += length
        }
        #expect(lengths == [1, 2, 4, 7, 7, 7].map { Self.day * $0 })
    }

    @Test(arguments: TestEngine.available)
    func `a pause that was told already is not doubled`(kind: TestEngine) async throws {
        let person = try await Troubled(kind)
        for time in [.zero, .zero, Self.hour, Self.day - .microseconds(1)] { try await person.quiet(for: Self.day, after: time) }
        #expect(try await person.reachability(after: Self.day) == .reachable(person.phone))
        try await person.quiet(for: Self.day, after: Self.day)
        for time in [.zero, Self.day] { try await person.quiet(for: Self.day, after: time) }
        #expect(try await person.quietLength(from: Self.day) == Self.day * 2)
    }

    @Test(arguments: TestEngine.available)
    func `strikes and pauses stand side by side`(kind: TestEngine) async throws {
        let person = try await Troubled(kind)
        try await person.quiet(for: Self.day, after: .zero)
        try await person.strike(isVague: true, after: Self.hour)
        #expect(try await person.reachability(after: Self.hour) == .marketingPaused(person.phone))
        try await person.strike(isVague: false, after: Self.hour * 2)
        #expect(try await person.reachability(after: Self.hour * 2) == .unreachable)
        try await person.quiet(for: Self.day, after: Self.day)
        #expect(try await person.reachability(after: Self.day * 9) == .unreachable)
    }

    @Test(arguments: TestEngine.available)
    func `trouble is the number's in its account alone`(kind: TestEngine) async throws {
        let person = try await Troubled(kind)
        try await person.strike(isVague: false, after: .zero, account: AccountID(rawValue: 2))
        #expect(try await person.reachability() == .reachable(person.phone))
        try await person.strike(isVague: false, after: .zero)
        try await person.clear(account: AccountID(rawValue: 2))
        #expect(try await person.reachability() == .unreachable)
        let other = try #require(PhoneNumber("+14155551234"))
        try await person.fixture.apply(.profile([.identity: "a"], ProfileChange(phone: .set(other))))
        #expect(try await person.reachability() == .reachable(other))
    }
}

/// A person who is opted in, with what providers say of the number.
private struct Troubled {
    let fixture: Fixture
    let phone: PhoneNumber
    private let id: ProfileID
    private let trouble = NumberTrouble()

    init(_ kind: TestEngine) async throws {
        fixture = try await Fixture(kind)
        try await fixture.engine.write { try $0.execute(Fixture.secondAccount) }
        phone = try #require(PhoneNumber("+37060000001"))
        try await fixture.apply(.profile([.identity: "a"], ProfileChange(phone: .set(phone), consents: [.whatsApp: true])))
        id = try #require(try await fixture.find("a")).id
    }

    func strike(isVague: Bool, after time: Duration, account: AccountID? = nil) async throws {
        let account = account ?? fixture.account
        try await fixture.engine.write {
            try trouble.strike(phone, isVague: isVague, code: "x", at: Fixture.now + time, account: account, in: $0)
        }
    }

    func quiet(for pause: Duration, after time: Duration) async throws {
        try await fixture.engine.write {
            try trouble.quiet(phone, for: pause, code: "q", at: Fixture.now + time, account: fixture.account, in: $0)
        }
    }

    func clear(account: AccountID? = nil) async throws {
        let account = account ?? fixture.account
        try await fixture.engine.write { try trouble.clear([phone], account: account, in: $0) }
    }

    func reachability(after time: Duration = .zero) async throws -> Reachability? {
        try await fixture.at(Fixture.now + time).reachability([id])[id]
    }

    /// How many whole days marketing is paused from then on.
    func quietLength(from time: Duration) async throws -> Duration {
        let day = Duration.seconds(24 * 3600)
        var length = Duration.zero
        while try await reachability(after: time + length) == .marketingPaused(phone) { length += day }
        return length
    }
}
