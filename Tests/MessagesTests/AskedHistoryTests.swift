import Core
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct AskedHistoryTests {
    private static let people = (1...6).map { ProfileID(rawValue: $0) }

    /// Asked at 10, 20 … 60; the second is refused for good, the third for now, the fourth is unknown, the fifth sent.
    private func history(_ kind: TestEngine, lane: Lane = .live) async throws -> LedgerFixture {
        let fixture = try await LedgerFixture(kind)
        try await fixture.qualify((1...6).map { LedgerFixture.qualification($0) }, in: lane)
        for (index, message) in try await fixture.claim(6).enumerated() {
            _ = try await fixture.ask([message], at: at(10 * (index + 1)))
        }
        let results: [Settlement.Result] = [
            .failed(.gaveUp, .with(.reject)), .again(at: at(500), .with(.retry)), .unknown(code: "lost", summary: ""),
            .accepted(Acceptance(providerMessageID: "u5")),
        ]
        for (message, result) in zip(try await fixture.messages().dropFirst(), results) {
            try await fixture.ledger.settle([Settlement(messageID: message.id, attempt: 1, result: result, at: at(100))])
        }
        return fixture
    }

    @Test(arguments: TestEngine.available)
    func `a message counts while it is asked, sent or unknown`(kind: TestEngine) async throws {
        let fixture = try await history(kind)
        let counts = try await fixture.engine.read {
            try AskedHistory().ofPeople(Self.people, counted: at(40), seen: at(0), in: $0)
        }
        // At exactly the beginning of the window is outside it, but still the last.
        let expected = [(1, 0, 10), (4, 0, 40), (5, 1, 50), (6, 1, 60)]
        #expect(counts.count == 4)
        for (person, count, last) in expected {
            #expect(counts[Self.people[person - 1]] == AskedHistory.Count(messages: count, last: at(last)))
        }
        let recent = try await fixture.engine.read { try AskedHistory().ofPeople(Self.people, counted: at(50), seen: at(50), in: $0) }
        #expect(recent == [Self.people[5]: AskedHistory.Count(messages: 1, last: at(60))])
    }

    @Test(arguments: TestEngine.available)
    func `conversations do not count`(kind: TestEngine) async throws {
        let fixture = try await history(kind, lane: .conversation)
        let counts = try await fixture.engine.read { try AskedHistory().ofPeople(Self.people, counted: at(0), seen: at(0), in: $0) }
        #expect(counts == [:])
    }

    @Test(arguments: TestEngine.available)
    func `a campaign counts its own messages`(kind: TestEngine) async throws {
        let fixture = try await history(kind)
        let other = CampaignID(rawValue: 2)
        let counts = try await fixture.engine.read {
            try AskedHistory().ofCampaigns([LedgerFixture.campaign, other], to: Self.people, in: $0)
        }
        #expect(counts.count == 4)
        #expect(counts.values.allSatisfy { $0.messages == 1 })
        #expect(try await fixture.engine.read { try AskedHistory().ofCampaigns([other], to: Self.people, in: $0) } == [:])
    }
}
