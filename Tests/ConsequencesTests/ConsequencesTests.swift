import Channels
import Consequences
import Core
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp

@testable import Profiles

@Suite struct ConsequencesTests {
    private static func failure(_ disposition: SendFailure.Disposition, isVague: Bool = false, pause: Duration? = nil) -> SendFailure {
        SendFailure(disposition, code: "x_1", summary: "Why.", isVague: isVague, marketingPause: pause)
    }

    @Test(arguments: TestEngine.available, [SendFailure.Disposition.retry, .delayRecipient, .reject])
    func `what concerns one message alone leaves nothing behind`(kind: TestEngine, disposition: SendFailure.Disposition) async throws {
        let fixture = try await ConsequencesFixture(kind)
        let before = try await fixture.everything()
        try await fixture.apply([Self.failure(disposition, isVague: true)])
        #expect(try await fixture.everything() == before)
    }

    @Test(arguments: TestEngine.available)
    func `an unreachable number is passed over, and nobody else's`(kind: TestEngine) async throws {
        let fixture = try await ConsequencesFixture(kind)
        let before = try await fixture.reachability()
        try await fixture.apply([Self.failure(.unreachable)])
        #expect(try await fixture.reachability() == [.unreachable] + before.dropFirst())
    }

    @Test(arguments: TestEngine.available)
    func `a vague code needs three of them over a week`(kind: TestEngine) async throws {
        let fixture = try await ConsequencesFixture(kind)
        let week: Int64 = 7 * 24 * 3600
        for time in [10, 20, 10 + week] {
            #expect(try await fixture.reachability()[0] != .unreachable)
            try await fixture.apply([Self.failure(.unreachable, isVague: true)], at: at(time))
        }
        #expect(try await fixture.reachability()[0] == .unreachable)
    }

    @Test(arguments: TestEngine.available)
    func `a person without a number cannot have an unreachable one`(kind: TestEngine) async throws {
        let fixture = try await ConsequencesFixture(kind)
        let before = try await fixture.everything()
        try await fixture.apply([Self.failure(.unreachable, pause: .seconds(60))], to: fixture.messages.last)
        #expect(try await fixture.everything() == before)
        #expect(try await fixture.reachability()[2] == .reachableByUserID("LT.900"))
    }

    @Test(arguments: TestEngine.available)
    func `an opt-out at the provider is one here, with its proof`(kind: TestEngine) async throws {
        let fixture = try await ConsequencesFixture(kind)
        for _ in 1...2 { try await fixture.apply([Self.failure(.optOut), Self.failure(.optOut)], at: at(-5)) }
        #expect(try await fixture.reachability()[0] == .notOptedIn)
        let message = try #require(fixture.messages.first)
        #expect(
            try await fixture.history() == [
                ConsentEntry(
                    kind: "MSG-whatsapp", granted: false, occurredAt: at(-5), recordedAt: at(0), source: "provider",
                    evidence: ["message": .string("\(message.id)"), "code": "x_1"])
            ])
    }

    @Test(arguments: TestEngine.available)
    func `an opt-in that came after the provider's opt-out stands`(kind: TestEngine) async throws {
        let fixture = try await ConsequencesFixture(kind)
        let profile = try #require(fixture.messages.first).profileID
        for (granted, time) in [(false, at(-30)), (true, at(-10))] {
            let change = ConsentChange(profileID: profile, granted: granted, occurredAt: time, source: "upload_api", evidence: [:])
            try await fixture.engine.write { [consent = fixture.consent] in
                _ = try consent.record([change], account: ConsequencesFixture.account, in: $0)
            }
        }
        try await fixture.apply([Self.failure(.optOut)], at: at(-20))
        #expect(try await fixture.reachability()[0] != .notOptedIn)
        #expect(try await fixture.history().count == 2)
    }

    @Test(arguments: TestEngine.available)
    func `a template, a channel and a channel's pace are held back`(kind: TestEngine) async throws {
        for disposition in [.holdTemplate, .haltChannel, .slowChannel] as [SendFailure.Disposition] {
            let fixture = try await ConsequencesFixture(kind)
            try await fixture.apply([Self.failure(disposition)])
            let holds = [try await fixture.templateHold(), try await fixture.hold()]
            #expect(holds.map { $0?.code } == [disposition == .holdTemplate ? "x_1" : nil, disposition == .haltChannel ? "x_1" : nil])
            #expect(holds.compactMap { $0 }.allSatisfy { $0.since == at(10) && $0.probeAt == at(910) && $0.summary == "Why." })
            #expect(try await fixture.slowedAt() == (disposition == .slowChannel ? at(10) : nil))
        }
    }

    @Test(arguments: TestEngine.available, [SendFailure.Disposition.reject, .retry, .unreachable])
    func `a pause of marketing comes on top of what else follows`(kind: TestEngine, disposition: SendFailure.Disposition) async throws {
        let fixture = try await ConsequencesFixture(kind)
        try await fixture.apply([Self.failure(disposition, isVague: true, pause: .seconds(3600))])
        let phone = try #require(PhoneNumber(digits: ConsequencesFixture.phones[0]))
        #expect(try await fixture.reachability()[0] == .marketingPaused(phone))
        #expect(try await fixture.reachability(at: at(3610))[0] == .reachable(phone))
    }

    @Test(arguments: TestEngine.available, SendFailure.Disposition.allCases)
    func `the same failure again changes nothing more`(kind: TestEngine, disposition: SendFailure.Disposition) async throws {
        let fixture = try await ConsequencesFixture(kind)
        let failure = Self.failure(disposition, isVague: true, pause: .seconds(3600))
        try await fixture.apply([failure])
        let once = try await fixture.everything()
        try await fixture.apply([failure, failure])
        #expect(try await fixture.everything() == once)
    }

    @Test(arguments: TestEngine.available)
    func `what reached somebody, or came from them, shows that the number works`(kind: TestEngine) async throws {
        let fixture = try await ConsequencesFixture(kind)
        let before = try await fixture.reachability()
        let (first, second) = (fixture.messages[0], fixture.messages[1])
        func strike(at time: Timestamp) async throws {
            for message in [first, second] { try await fixture.apply([Self.failure(.unreachable)], to: message, at: time) }
        }
        try await strike(at: at(10))
        try await fixture.engine.write { [consequences = fixture.consequences] in try consequences.reached([first], in: $0) }
        #expect(try await fixture.reachability() == [before[0], .unreachable, before[2]])
        try await strike(at: at(10))  // told again
        #expect(try await fixture.reachability() == [before[0], .unreachable, before[2]])
        try await strike(at: at(11))
        let phone = try #require(second.phone)
        try await fixture.engine.write { [consequences = fixture.consequences] in
            try consequences.heard(from: phone, account: ConsequencesFixture.account, in: $0)
            try consequences.reached([], in: $0)
        }
        #expect(try await fixture.reachability() == [.unreachable, before[1], before[2]])
    }

    /// That a number works says nothing about how much marketing WhatsApp lets through to it.
    @Test(arguments: TestEngine.available)
    func `what reached somebody does not end a pause of marketing`(kind: TestEngine) async throws {
        let fixture = try await ConsequencesFixture(kind)
        try await fixture.apply([Self.failure(.reject, pause: .seconds(3600))])
        let paused = try await fixture.reachability()
        try await fixture.engine.write { [consequences = fixture.consequences, messages = fixture.messages] in
            try consequences.reached(messages, in: $0)
        }
        #expect(try await fixture.reachability() == paused)
    }
}
