import Channels
import Core
import Profiles
import Storage
import StorageTesting
import Testing
import WhatsApp

// What webhooks leave behind besides messages and replies.
extension ReceiptsFixture {
    func health() async throws -> ChannelHealth { try #require(try await channels.channel(channel.id)).health }

    func template() async throws -> Template {
        try #require(try await TemplateStore(engine: engine, clock: moment.clock).template(TemplateID(rawValue: 1)))
    }

    /// Whether each of these people may be written to now.
    func reachability(_ people: ClosedRange<Int>) async throws -> [Reachability?] {
        let ids = people.map { ProfileID(rawValue: Int64($0)) }
        let known = try await engine.read { [consent] in try consent.reachability(of: ids, account: Self.account, in: $0) }
        return ids.map { known[$0] }
    }

    /// The `MSG-whatsapp` flag of each of these people.
    func consents(_ people: ClosedRange<Int>) async throws -> [Int] {
        try await rows(Self.flags, [.int(people.lowerBound), .int(people.upperBound)]).map { $0[0] == .integer(1) ? 1 : 0 }
    }

    func numbers(_ people: ClosedRange<Int>) async throws -> [SQLValue] {
        try await rows(Self.phones, [.int(people.lowerBound), .int(people.upperBound)]).map { $0[0] }
    }

    func giveNumber(_ digits: String, to person: Int) async throws {
        try await engine.write { _ = try $0.run(Self.setPhone, [.text(digits), .int(person)]) }
    }

    /// Person, flag and source of each line of the ledger of consents.
    func ledgerLines() async throws -> [[SQLValue]] { try await rows(Self.lines) }

    /// Id, sender and profile of each message that came in.
    func senders() async throws -> [[SQLValue]] { try await rows(Self.sent) }

    /// Everything that webhooks change besides their own rows, with what failures and notices leave behind.
    func effects() async throws -> [[SQLValue]] {
        try await everything() + rows(Self.trouble) + rows(Self.addresses) + rows(Self.templateRows) + rows(Self.channelRows)
            + rows(Self.ids) + ledgerLines()
    }

    private static let flags = Query("test.flags", "SELECT whatsapp FROM profile WHERE id BETWEEN $1 AND $2 ORDER BY id")
    private static let phones = Query("test.phones", "SELECT phone FROM profile WHERE id BETWEEN $1 AND $2 ORDER BY id")
    private static let setPhone = Query("test.set_phone", "UPDATE profile SET phone = $1 WHERE id = $2")
    private static let lines = Query("test.lines", "SELECT profile_id, granted, source FROM consent ORDER BY id")
    private static let sent = Query(
        "test.senders", "SELECT provider_message_id, sender, profile_id FROM inbound ORDER BY provider_message_id")
    private static let trouble = Query("test.trouble", "SELECT * FROM number_trouble ORDER BY phone")
    private static let addresses = Query("test.addresses", "SELECT address, kind, profile_id FROM whatsapp_address ORDER BY address")
    private static let templateRows = Query(
        "test.templates", "SELECT id, approval, pause, held_at, held_code, provider_id, quality FROM template ORDER BY id")
    private static let channelRows = Query("test.channels", "SELECT id, held_at, held_code, slowed_at, notice FROM channel ORDER BY id")
    private static let ids = Query("test.message_ids", "SELECT id, whatsapp_message_id, pricing FROM message ORDER BY id")
}
