import Channels
import Core
import Messages
import Receipts
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct InboundTests {
    private let first = ReceiptsFixture.phone(1)

    @Test(arguments: TestEngine.available)
    func `a hundred copies at once are one message and one reply`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        _ = try await fixture.ask(1...1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { try await fixture.store(reply("in-1", from: first), .inbound) } }
            for _ in 0..<4 { group.addTask { while try await fixture.applier.applyDue() > 0 {} } }
            try await group.waitForAll()
        }
        while try await fixture.applier.applyDue() > 0 {}
        #expect(try await fixture.inbound().count == 1)
        #expect(try await fixture.messages()[0][8] == .integer(1))
        #expect(try await fixture.webhooks().allSatisfy { $0[0] == .text("applied") })
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `a hundred messages with the same text are a hundred replies`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        _ = try await fixture.ask(1...1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 { group.addTask { try await fixture.store(reply("in-\(number)", from: first), .inbound) } }
            for _ in 0..<4 { group.addTask { while try await fixture.applier.applyDue() > 0 {} } }
            try await group.waitForAll()
        }
        while try await fixture.applier.applyDue() > 0 {}
        #expect(try await fixture.inbound().count == 100)
        #expect(try await fixture.messages()[0][8] == .integer(100))
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `a reply goes to the quoted message, without a quote to the newest`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let older = try await fixture.ask(1...1, campaign: 1)[0]
        try await fixture.accept(older, as: "p1")
        fixture.moment.pass(.seconds(60))
        let newer = try await fixture.ask(1...1, campaign: 2)[0]
        try await fixture.accept(newer, as: "p2")
        try await fixture.receive(
            reply("in-1", from: first, quote: "p1"), reply("in-2", from: first), reply("in-3", from: first, quote: "p-gone"))
        let rows = try await fixture.inbound()
        #expect(rows.map { $0[2] } == [.integer(1), .integer(1), .integer(1)])
        #expect(rows.map { $0[3] } == [.id(older), .id(newer), .id(newer)])
        #expect(rows.map { $0[4] } == [.integer(1), .integer(2), .integer(2)])
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `a quote is known even when the person writes from another number`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let message = try await fixture.ask(1...1)[0]
        try await fixture.accept(message, as: "p1")
        try await fixture.receive(reply("in-1", from: "LT.900000001", quote: "p1"))
        #expect(try await fixture.inbound()[0][1...4] == [.text("LT.900000001"), .integer(1), .id(message), .integer(1)])
    }

    @Test(arguments: TestEngine.available)
    func `a message from a stranger is kept without a message of ours`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let before = try await fixture.tallies()
        try await fixture.receive(reply("in-1", from: "15550001111"), reply("in-2", from: first), reply("in-3", from: "LT.900000001"))
        let rows = try await fixture.inbound()
        #expect(rows.map { $0[2] } == [.null, .integer(1), .null])
        #expect(rows.allSatisfy { $0[3] == .null && $0[4] == .null })
        #expect(try await fixture.tallies() == before)
    }

    @Test(arguments: TestEngine.available)
    func `of several people with one number the oldest is taken`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        try await fixture.share(number: "15550001111", among: [7, 5, 9])
        try await fixture.receive(reply("in-1", from: "15550001111"))
        #expect(try await fixture.inbound()[0][2] == .integer(5))
    }

    @Test(arguments: TestEngine.available)
    func `of several people with one number the one last written to from another channel is taken`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        try await fixture.share(number: ReceiptsFixture.phone(7), among: [5, 9])
        let message = try await fixture.ask(7...7)[0]
        try await fixture.accept(message, as: "p1")
        let other = try await fixture.channels.create(
            ["nickname": "Other", "provider": "fake", "number": "+37052000001", "credentials": [:]], for: ReceiptsFixture.account)
        try await fixture.inbox.store(
            .inbound, channel: other.id, account: ReceiptsFixture.account,
            body: reply("in-1", from: ReceiptsFixture.phone(7)).bytes)
        try await fixture.applier.applyDue()
        #expect(try await fixture.inbound()[0][2...4] == [.integer(7), .null, .null])
    }

    @Test(arguments: TestEngine.available)
    func `the same id on two channels is two messages`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let other = try await fixture.channels.create(
            ["nickname": "Other", "provider": "fake", "number": "+37052000001", "credentials": [:]], for: ReceiptsFixture.account)
        for channel in [fixture.channel, other] {
            try await fixture.inbox.store(
                .inbound, channel: channel.id, account: ReceiptsFixture.account, body: reply("in-1", from: first).bytes)
        }
        #expect(try await fixture.applier.applyDue() == 2)
        #expect(try await fixture.inbound().count == 2)
    }
}

extension ReceiptsFixture {
    fileprivate func share(number: String, among profiles: [Int]) async throws {
        try await engine.write { session in
            _ = try session.run(
                Query("test.share", "UPDATE profile SET phone = $1 WHERE id = $2"), batch: profiles.map { [.text(number), .int($0)] })
        }
    }
}
