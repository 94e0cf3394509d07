import Core
import Messages
import Stats
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct VariantStatsTests {
    private static let account = AccountID(rawValue: 1)
    private static let (channel, template) = (ChannelID(rawValue: 1), TemplateID(rawValue: 1))
    private static let campaign = CampaignID(rawValue: 1)
    private static func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_793_000_000 + seconds) }

    /// Of six people four get variant A and two variant B; the first of A views, the second gets it, B is refused once.
    private func sent(_ kind: TestEngine) async throws -> any SQLEngine {
        let engine = try await kind.makeWithAccount()
        let ledger = MessageLedger(engine: engine, ids: IDMaker(clock: .fixed(Self.at(0))))
        try await engine.write { session in for statement in Self.rows(session.dialect) { try session.execute(statement) } }
        let run = CampaignRun(accountID: Self.account, campaignID: Self.campaign, channelID: Self.channel)
        let qualifications = (1...6).map { number in
            Qualification(
                profileID: ProfileID(rawValue: number), phone: nil, userID: "u\(number)", run: 1, templateID: Self.template,
                variant: number <= 4 ? "A" : "B", dueAt: Self.at(0), fate: .planned([]))
        }
        try await engine.write { _ = try ledger.qualify(qualifications, for: run, at: Self.at(0), in: $0) }
        let claimed = try await ledger.claim(on: Self.channel, [Self.template: 9], at: Self.at(1), leaseUntil: Self.at(31))
        try await engine.write { session in
            let asked = try ledger.ask(claimed, at: Self.at(2), leaseUntil: Self.at(31), in: session).map(\.id)
            let receipts = zip(asked, [Receipt.Status.viewed, .delivered, .sent, .sent, .sent]).map { id, status in
                Receipt(messageID: id, providerMessageID: "\(id)", status: status, occurredAt: Self.at(3))
            }
            _ = try ledger.apply(receipts, on: Self.channel, in: session)
        }
        return engine
    }

    @Test(arguments: TestEngine.available)
    func `each variant has its own numbers`(kind: TestEngine) async throws {
        let engine = try await sent(kind)
        let stats = try await StatsReader(engine: engine).stats(of: Self.campaign, account: Self.account)
        #expect((stats.qualified, stats.sent, stats.delivered, stats.viewed) == (6, 5, 2, 1))
        #expect(stats.variants.keys.sorted() == ["A", "B"])
        #expect(stats.variants["A"] == VariantStats(qualified: 4, sent: 4, delivered: 2, viewed: 1))
        #expect(stats.variants["B"] == VariantStats(qualified: 2, sent: 1, delivered: 0, viewed: 0))
    }

    @Test(arguments: TestEngine.available)
    func `the recount finds a variant's number that is wrong`(kind: TestEngine) async throws {
        let engine = try await sent(kind)
        let reader = StatsReader(engine: engine)
        #expect(try await reader.recount() == [])
        try await engine.write { try $0.execute("UPDATE tally SET value = 7 WHERE name = 'variant:A:viewed'") }
        #expect(
            try await reader.recount().map(\.description)
                == ["campaign 1: variant:A:viewed is kept as 7, the rows say 1"])
    }

    static func rows(_ sql: Dialect) -> [String] {
        [
            """
            INSERT INTO channel (id, account_id, nickname, provider, number, base_url, credentials, hook_token, per_second, is_default,
                created_at)
            VALUES (1, 1, 'Main', 'vonage', '37052000000', 'http://127.0.0.1:1', CAST('x' AS \(sql.blobType)), 't', 20, 1, 0)
            """,
            """
            INSERT INTO template (id, account_id, channel_id, name, language, content, approval, created_at, updated_at)
            VALUES (1, 1, 1, 'shop:hello', 'en', '{"body":"Hello!"}', 'approved', 0, 0)
            """,
            """
            INSERT INTO campaign (id, account_id, name, type, status, channel_id, template_id, definition, run, created_at)
            VALUES (1, 1, 'First', 'one_time', 'running', 1, 1, '{}', 1, 0)
            """,
        ]
            + (1...6).map {
                """
                INSERT INTO profile (id, account_id, object_id, whatsapp, properties, written_at, created_at, updated_at)
                VALUES (\($0), 1, 'o\($0)', 1, '{}', 0, 0, 0)
                """
            }
    }
}
