import Core
import Messages
import Profiles
import Receipts
import Storage
import StorageTesting
import Testing
import WhatsApp

/// Who somebody is, by number, by WhatsApp's id and by another spelling of the number.
@Suite struct PeopleTests {
    private let first = ReceiptsFixture.phone(1)

    @Test(arguments: TestEngine.available)
    func `who was named with both addresses is found by the id alone`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        try await fixture.receive(personNotice(phone: first, user: "LT.900"), reply("in-1", from: "LT.900"), reply("in-2", from: "LT.901"))
        #expect(try await fixture.senders() == [[.text("in-1"), .text("LT.900"), .integer(1)], [.text("in-2"), .text("LT.901"), .null]])
    }

    @Test(arguments: TestEngine.available)
    func `a message that shows both addresses links them for later`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        try await fixture.receive(reply("in-1", from: first, user: "LT.900"))
        try await fixture.receive(reply("in-2", from: "LT.900"))
        #expect(try await fixture.senders().map { $0[2] } == [.integer(1), .integer(1)])
        #expect(try await fixture.rows(Query("test.people", "SELECT COUNT(*) FROM profile")) == [[.integer(120)]])
    }

    @Test(arguments: TestEngine.available)
    func `a reply under the id alone answers the newest message to the number`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let message = try await fixture.ask(1...1)[0]
        try await fixture.receive(personNotice(phone: first, user: "LT.900"), reply("in-1", from: "LT.900"))
        #expect(try await fixture.inbound()[0][3] == .integer(message.rawValue))
        #expect(try await fixture.messages()[0][8] == .integer(1))
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `an id that is shared by a number of several people is nobody's`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        try await fixture.giveNumber(first, to: 2)
        try await fixture.receive(personNotice(phone: first, user: "LT.900"), reply("in-1", from: "LT.900"))
        #expect(try await fixture.senders().map { $0[2] } == [.null])
    }

    @Test(arguments: TestEngine.available)
    func `a number that WhatsApp spells otherwise is the same person's`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let message = try await fixture.ask(1...1)[0]
        let alias = "37060009999"
        try await fixture.receive(personNotice(phone: first, alias: alias), personNotice(phone: first, alias: first))
        try await fixture.receive(reply("in-1", from: alias))
        #expect(try await fixture.senders() == [[.text("in-1"), .text(alias), .integer(1)]])
        #expect(try await fixture.inbound()[0][3] == .integer(message.rawValue))
        #expect(try await fixture.rows(Query("test.aliases", "SELECT address FROM whatsapp_address")) == [[.text(alias)]])
    }

    @Test(arguments: TestEngine.available)
    func `a person who changed the number keeps profile and consent`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let new = "37060008888"
        for _ in 1...2 {
            try await fixture.receive(personNotice(phone: new, user: "LT.900", former: first))
            #expect(try await fixture.numbers(1...2) == [.text(new), .text(ReceiptsFixture.phone(2))])
            #expect(try await fixture.consents(1...1) == [1])
        }
        try await fixture.receive(reply("in-1", from: new), reply("in-2", from: "LT.900"), reply("in-3", from: first))
        #expect(try await fixture.senders().map { $0[2] } == [.integer(1), .integer(1), .null])
    }

    @Test(arguments: TestEngine.available)
    func `a number that moved away from nobody we know makes nobody`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let before = try await fixture.numbers(1...120)
        try await fixture.receive(personNotice(phone: "15550002222", former: "15550001111"), personNotice(user: "LT.900"))
        #expect(try await fixture.numbers(1...120) == before)
        #expect(try await fixture.rows(Query("test.aliases", "SELECT address FROM whatsapp_address")) == [])
    }
}
