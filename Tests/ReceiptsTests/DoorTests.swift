import Channels
import Core
import Messages
import Receipts
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct DoorTests {
    private let body = reply("in-1", from: ReceiptsFixture.phone(1)).bytes

    @Test(arguments: TestEngine.available)
    func `a genuine call is stored under its channel`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let channel = try #require(try await fixture.door.channel(token: fixture.channel.hookToken))
        #expect(channel.id == fixture.channel.id)
        let call = WebhookRequest(headers: ["authorization": FakeProvider.authorization(for: body)], body: body)
        #expect(try await fixture.door.take(call, kind: .inbound, on: channel))
        let rows = try await fixture.rows(Query("test.raw", "SELECT account_id, channel_id, kind, body FROM raw_webhook"))
        #expect(rows == [[.integer(1), .id(channel.id), .text("inbound"), .blob(body)]])
    }

    @Test(arguments: TestEngine.available)
    func `a forged or altered call changes nothing`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        _ = try await fixture.ask(1...1)
        let before = try await fixture.everything()
        let proof = FakeProvider.authorization(for: body)
        var altered = body
        altered[5] ^= 1
        let forged: [WebhookRequest] = [
            WebhookRequest(headers: [:], body: body), WebhookRequest(headers: ["authorization": ""], body: body),
            WebhookRequest(headers: ["authorization": proof + "0"], body: body),
            WebhookRequest(headers: ["authorization": proof], body: altered),
            WebhookRequest(headers: ["authorization": proof], body: body.dropLast()),
            WebhookRequest(headers: ["authorization": proof], body: body + [0x20]),
            WebhookRequest(headers: ["authorization": proof], body: []),
        ]
        for call in forged {
            for kind in WebhookKind.allCases {
                #expect(try await !fixture.door.take(call, kind: kind, on: fixture.channel))
            }
        }
        #expect(try await fixture.webhooks().isEmpty)
        try await fixture.receive()
        #expect(try await fixture.everything() == before)
    }

    @Test(arguments: TestEngine.available)
    func `a genuine call that is replayed changes nothing more`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let message = try await fixture.ask(1...1)[0]
        let status = receipt("opted_out", ref: message, id: "p1").bytes
        let calls = [(body, WebhookKind.inbound), (status, .status)]
        func play() async throws {
            for (body, kind) in calls {
                let call = WebhookRequest(headers: ["authorization": FakeProvider.authorization(for: body)], body: body)
                #expect(try await fixture.door.take(call, kind: kind, on: fixture.channel))
            }
            try await fixture.receive()
        }
        try await play()
        let once = try await fixture.everything()
        for _ in 0..<5 {
            fixture.moment.pass(.seconds(3600))
            try await play()
        }
        #expect(try await fixture.everything() == once)
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `an unknown token opens nothing`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let token = fixture.channel.hookToken
        for wrong in ["", "x", String(token.dropLast()), token + "0", token.uppercased() + "A", "\0", String(repeating: "a", count: 5000)] {
            #expect(try await fixture.door.channel(token: wrong) == nil)
        }
    }

    @Test(arguments: TestEngine.available)
    func `the channel is remembered for five seconds`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let door = fixture.door
        let token = fixture.channel.hookToken
        #expect(try await door.channel(token: token) != nil)
        #expect(try await door.channel(token: "later") == nil)
        try await fixture.engine.write { session in
            _ = try session.run(Query("test.rename", "UPDATE channel SET hook_token = 'later'"), [])
        }
        fixture.moment.pass(.seconds(5) - .microseconds(1))
        #expect(try await door.channel(token: token) != nil)
        #expect(try await door.channel(token: "later") == nil)
        fixture.moment.pass(.microseconds(1))
        #expect(try await door.channel(token: token) == nil)
        #expect(try await door.channel(token: "later")?.id == fixture.channel.id)
    }
}
