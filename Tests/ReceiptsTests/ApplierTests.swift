import Channels
import Core
import Messages
import Receipts
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct ApplierTests {
    @Test(arguments: TestEngine.available)
    func `what was stored before a crash is applied after it`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...3)
        for (number, message) in messages.enumerated() {
            try await fixture.store(receipt("viewed", ref: message))
            try await fixture.store(reply("in-\(number)", from: ReceiptsFixture.phone(number + 1)), .inbound)
        }
        #expect(try await fixture.webhooks().allSatisfy { $0[0] == .text("waiting") })
        #expect(try await fixture.applier.applyDue() == 6)
        #expect(try await fixture.inbound().count == 3)
        #expect(try await fixture.messages().allSatisfy { $0[6] != .null && $0[8] == .integer(1) })
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `one unreadable call of a batch is kept and the others are applied`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...100)
        for (number, message) in messages.enumerated() {
            if number == 50 {
                try await fixture.inbox.store(
                    .status, channel: fixture.channel.id, account: ReceiptsFixture.account, body: [0x7B, 0x00, 0xFF])
            }
            try await fixture.store(receipt("delivered", ref: message))
        }
        #expect(try await fixture.applier.applyDue() == 101)
        let rows = try await fixture.webhooks()
        #expect(rows.filter { $0[0] == .text("applied") }.count == 100)
        #expect(rows[50] == [.text("unreadable"), .integer(0), .text("It is not JSON.")])
        #expect(try await fixture.messages().allSatisfy { $0[5] != .null })
    }

    /// The index makes the second call of the kind `poison` fail on every engine.
    @Test(arguments: TestEngine.available)
    func `a call that cannot be applied does not stop the others`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        try await fixture.engine.write { try $0.execute("CREATE UNIQUE INDEX poison ON inbound (kind) WHERE kind = 'poison'") }
        try await fixture.receive(reply("poison-0", from: "15550001111", kind: "poison"))
        let messages = try await fixture.ask(1...40)
        for (number, message) in messages.enumerated() {
            try await fixture.store(receipt("delivered", ref: message))
            if number == 20 { try await fixture.store(reply("poison-1", from: "15550001111", kind: "poison"), .inbound) }
        }
        #expect(try await fixture.applier.applyDue() == 41)
        let left = try await fixture.webhooks().filter { $0[0] == .text("waiting") }
        #expect(left.count == 1)
        #expect(left.first?[1] == .integer(1))
        #expect(left.first?[2] != .null)
        #expect(try await fixture.messages().allSatisfy { $0[5] != .null })
        #expect(try await fixture.tallies() == fixture.recount())
        try await fixture.engine.write { try $0.execute("DROP INDEX poison") }
        fixture.moment.pass(.seconds(1))
        try await fixture.receive()
        #expect(try await fixture.inbound().count == 2)
    }

    @Test(arguments: TestEngine.available)
    func `a call for nobody is done with`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let before = try await fixture.everything()
        try await fixture.receive([:])
        #expect(try await fixture.webhooks()[0][0] == .text("applied"))
        #expect(try await fixture.everything() == before)
    }

    @Test(arguments: TestEngine.available)
    func `only what was applied long ago is removed`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...1)
        try await fixture.receive(receipt("sent", ref: messages[0]), ["receipts": 1])
        try await fixture.inbox.store(.status, channel: fixture.channel.id, account: ReceiptsFixture.account, body: [])
        try await fixture.receive()
        fixture.moment.pass(.seconds(7 * 24 * 3600))
        #expect(try await !fixture.applier.removeOld())
        #expect(try await fixture.webhooks().count == 3)
        try await fixture.receive(receipt("delivered", ref: messages[0]))
        fixture.moment.pass(.microseconds(1))
        #expect(try await !fixture.applier.removeOld())
        #expect(try await fixture.webhooks().map { $0[0] } == [.text("unreadable"), .text("applied")])
    }

    @Test(.timeLimit(.minutes(1)), arguments: TestEngine.available)
    func `the running service applies what arrives`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await fixture.applier.run() }
            for status in ["sent", "delivered", "viewed"] {
                try await fixture.store(receipt(status, ref: messages[0]))
                while try await fixture.webhooks().contains(where: { $0[0] == .text("waiting") }) { await Task.yield() }
            }
            group.cancelAll()
        }
        #expect(try await fixture.messages()[0][6] != .null)
    }

    @Test(arguments: TestEngine.available)
    func `a database that is gone is an error and loses nothing`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        await fixture.engine.close()
        await #expect(throws: StorageError.self) { try await fixture.applier.applyDue() }
        await #expect(throws: StorageError.self) { try await fixture.store([:]) }
    }
}
