import Core
import Profiles
import Storage
import StorageTesting
import Testing

struct EventStoreTests {
    private func ids(_ numbers: ClosedRange<Int64>) -> [ProfileID] { numbers.map { ProfileID(rawValue: $0) } }

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

    @Test(arguments: TestEngine.available)
    func `occurrences come by person in order of time, within bounds`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.apply(
            .event([.identity: "a"], "Added To Cart", at: at(30)), .event([.identity: "a"], "added to cart", at: at(10)),
            .event([.identity: "b"], "AddedToCart", at: at(20)), .event([.identity: "c"], "Charged", at: at(20)),
            .event([.identity: "d"], "Added To Cart", at: at(20)))
        try await fixture.engine.read { session throws in
            func times(_ people: ClosedRange<ProfileID>, _ from: Timestamp?, _ to: Timestamp?) throws -> [[Int64]] {
                let found = try fixture.events.occurrences(
                    of: "ADDED TO CART", account: fixture.account, profiles: people, from: from, to: to, in: session)
                return ids(1...4).map { found[$0]?.map(\.occurredAt.seconds) ?? [] }
            }
            let all = ProfileID(rawValue: 1)...ProfileID(rawValue: 4)
            #expect(try times(all, nil, nil) == [[10, 30], [20], [], [20]])
            #expect(try times(all, at(10), at(30)) == [[10], [20], [], [20]])
            #expect(try times(all, at(11), nil) == [[30], [20], [], [20]])
            #expect(try times(ProfileID(rawValue: 2)...ProfileID(rawValue: 3), nil, nil) == [[], [20], [], []])
            #expect(
                try fixture.events.occurrences(
                    of: "Unknown", account: fixture.account, profiles: all, from: nil, to: nil, in: session
                ).isEmpty)
        }
    }

    @Test(arguments: TestEngine.available)
    func `a summary counts by the spelling seen first`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.apply(
            .event([.identity: "a"], "SignUp", at: at(30)), .event([.identity: "a"], "sign up", at: at(10)),
            .event([.identity: "b"], "Viewed", at: at(10)))
        #expect(
            try await fixture.summary(ProfileID(rawValue: 1)) == [
                "SignUp": EventSummary(count: 2, firstSeen: at(10), lastSeen: at(30))
            ])
        let names = try await fixture.engine.read { try fixture.events.names(of: fixture.account, in: $0) }
        #expect(names == ["SignUp", "Viewed"])
    }

    @Test(arguments: TestEngine.available)
    func `ids are dense across calls and a refused call gives its own back`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.apply(.event([.identity: "a"], "Viewed"), .event([.identity: "a"], "Viewed"))
        let name = try #require(EventName("Notification Sent"))
        let event = NewEvent(profileID: ProfileID(rawValue: 1), name: name, occurredAt: at(1))
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await fixture.engine.write { session in
                try fixture.events.append([event, event], to: fixture.account, in: session)
                throw Stop()
            }
        }
        let ids = try await fixture.engine.write { try fixture.events.append([event, event], to: fixture.account, in: $0) }
        #expect(ids == [EventID(rawValue: 3), EventID(rawValue: 4)])
    }

    @Test(arguments: TestEngine.available)
    func `the 513th type of an account is refused and the platform's own do not count`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let sent = try #require(EventName("Channel Unsubscribed"))
        try await fixture.apply(.event([.identity: "a"], "Type 0"))
        let event = NewEvent(profileID: ProfileID(rawValue: 1), name: sent, occurredAt: at(1))
        try await fixture.engine.write { _ = try fixture.events.append([event], to: fixture.account, in: $0) }
        let more = try (1...512).map { try ProfileRecord.event([.identity: "a"], "Type \($0)") }
        let outcomes = try await fixture.engine.write { try fixture.profiles.apply(more, to: fixture.account, source: "t", in: $0) }
        #expect(outcomes == Array(repeating: .stored([]), count: 511) + [.refused(.tooManyEventTypes)])
        let after = try await fixture.apply(
            .event([.identity: "new"], "Type 512"), .event([.identity: "a"], "type512"), .event([.identity: "a"], "TYPE 3"),
            .event([.identity: "a"], "Channel Subscribed"))
        #expect(after == [.refused(.tooManyEventTypes), .refused(.tooManyEventTypes), .stored([]), .stored([])])
        #expect(try await fixture.find("new") == nil)
    }
}
