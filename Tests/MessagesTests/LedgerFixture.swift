import Core
import Messages
import Storage
import StorageTesting
import WhatsApp
import ZoneTime

/// A database with one account, channel, template, campaign and a few profiles, and a ledger over it.
struct LedgerFixture {
    let engine: any SQLEngine
    let ledger: MessageLedger
    static let channel = ChannelID(rawValue: 1)
    static let campaign = CampaignID(rawValue: 1)
    static let run = CampaignRun(
        accountID: AccountID(rawValue: 1), campaignID: campaign, channelID: channel)
    static let template = TemplateID(rawValue: 1)

    init(_ kind: TestEngine, profiles: Int = 10) async throws {
        try await self.init(kind.makeWithAccount(), profiles: profiles)
    }

    init(_ engine: any SQLEngine, profiles: Int = 10) async throws {
        self.engine = engine
        ledger = MessageLedger(engine: engine, ids: IDMaker(clock: .fixed(at(0))))
        try await engine.write { session in
            try session.run(Self.insertChannel, [])
            try session.run(Self.insertTemplate, [])
            try session.run(Self.insertCampaign, [])
            try session.run(Self.insertProfile, batch: (1...profiles).map { [.int($0), .text("o\($0)")] })
        }
    }

    /// One planned message for each of the first `count` profiles, each with a number of its own.
    func plan(_ count: Int) async throws {
        let qualifications = (1...count).map { Self.qualification($0) }
        try await qualify(qualifications)
    }

    @discardableResult
    func qualify(_ qualifications: [Qualification], in lane: Lane) async throws -> Int {
        var run = Self.run
        run.lane = lane
        return try await qualify(qualifications, for: run)
    }

    @discardableResult
    func qualify(_ qualifications: [Qualification], for run: CampaignRun = run) async throws -> Int {
        try await engine.write { [ledger] in try ledger.qualify(qualifications, for: run, at: at(0), in: $0) }
    }

    /// The template 2 of the same channel.
    func insertSecondTemplate() async throws { try await engine.write { _ = try $0.run(Self.insertTemplateAgain, []) } }

    /// Plans, claims and asks for `count` messages.
    func asked(_ count: Int) async throws -> [MessageRecord] {
        try await plan(count)
        return try await ask(try await claim(count))
    }

    func claim(_ limit: Int, at time: Timestamp = at(1)) async throws -> [MessageRecord] {
        try await ledger.claim(on: Self.channel, [Self.template: limit], at: time, leaseUntil: time + .seconds(30))
    }

    func ask(_ records: [MessageRecord], on day: Day? = nil, at time: Timestamp = at(2)) async throws -> [MessageRecord] {
        try await engine.write { [ledger] session in
            let waiting = try ledger.stillClaimed(records, in: session)
            let rulings = waiting.map { ($0, Ruling.ask(day: day)) }
            return try ledger.carryOut(rulings, at: time, leaseUntil: time + .seconds(30), in: session)
        }
    }

    /// What is kept of how many messages count on which day.
    func reach() async throws -> [Day: Int] {
        let rows = try await engine.read { try $0.rows(Self.reach) }
        return Dictionary(uniqueKeysWithValues: try rows.map { (Day(number: try $0.integer(0)), try $0.int(1)) })
            .filter { $0.value != 0 }
    }

    /// The same from the rows.
    func countedReach() async throws -> [Day: Int] {
        try await messages().filter { [.asked, .accepted, .unknown].contains($0.state) }
            .reduce(into: [:]) { counts, message in message.reachDay.map { counts[$0, default: 0] += 1 } }
    }

    @discardableResult
    func apply(_ receipts: [Receipt]) async throws -> [MessageRecord?] {
        try await engine.write { [ledger] in try ledger.apply(receipts, on: Self.channel, in: $0) }
    }

    func messages() async throws -> [MessageRecord] {
        let ids = try await engine.read { try $0.rows(Self.allIDs).map { try $0.id(0, MessageID.self) } }
        return try await engine.write { [ledger] session in
            try ids.compactMap { id in try ledger.record(id, in: session) }
        }
    }

    func tallies() async throws -> [String: Int] {
        let rows = try await engine.read { try $0.rows(Self.tallies) }
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text(0), try $0.int(1)) }).filter { $0.value != 0 }
    }

    /// What the tallies must be, counted from the rows by the rule of each word.
    func counted() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for message in try await messages() {
            counts["qualified", default: 0] += 1
            counts["replied", default: 0] += message.replies
            if let variant = message.variant { count(variant, of: message, in: &counts) }
            switch message.state {
            case .control: counts["control_group", default: 0] += 1
            case .excluded, .failed:
                counts["errors", default: 0] += 1
                counts["error:\(message.reason?.rawValue ?? "")", default: 0] += 1
            case .unknown: counts["unknown", default: 0] += 1
            case .accepted:
                counts["sent", default: 0] += 1
                counts["delivered", default: 0] += message.deliveredAt == nil ? 0 : 1
                counts["viewed", default: 0] += message.viewedAt == nil ? 0 : 1
                if message.failedAt != nil, message.deliveredAt == nil {
                    counts["delivery_errors", default: 0] += 1
                    counts["delivery_error:\(message.reason?.rawValue ?? "")", default: 0] += 1
                }
            case .planned, .claimed, .asked: break
            }
        }
        return counts.filter { $0.value != 0 }
    }

    private func count(_ variant: String, of message: MessageRecord, in counts: inout [String: Int]) {
        counts["variant:\(variant):qualified", default: 0] += 1
        guard message.state == .accepted else { return }
        counts["variant:\(variant):sent", default: 0] += 1
        counts["variant:\(variant):delivered", default: 0] += message.deliveredAt == nil ? 0 : 1
        counts["variant:\(variant):viewed", default: 0] += message.viewedAt == nil ? 0 : 1
    }

    static func qualification(
        _ number: Int, _ fate: Qualification.Fate = .planned(["Ona"]), run: Int = 1, template: TemplateID = template,
        variant: String? = nil, dueAt: Timestamp = at(0)
    ) -> Qualification {
        Qualification(
            profileID: ProfileID(rawValue: Int64(number)), phone: phone(number), run: run, templateID: template, variant: variant,
            dueAt: dueAt, fate: fate)
    }

    static func phone(_ number: Int) -> PhoneNumber? { PhoneNumber(digits: "3706000\(1000 + number)") }

    private static let insertChannel = Query("fixture.channel") { sql in
        """
        INSERT INTO channel (id, account_id, nickname, provider, number, base_url, credentials, hook_token, per_second, is_default,
            created_at)
        VALUES (1, 1, 'Main', 'vonage', '37052000000', 'http://127.0.0.1:1', \(sql == .postgres ? "'\\x00'" : "x'00'"), 't', 20, 1, 0)
        """
    }
    private static let insertTemplate = Query(
        "fixture.template",
        """
        INSERT INTO template (id, account_id, channel_id, name, language, content, approval, created_at, updated_at)
        VALUES (1, 1, 1, 'shop:hello', 'en', '{"body":"Hello {{1}}!"}', 'approved', 0, 0)
        """)
    private static let insertTemplateAgain = Query(
        "fixture.second_template",
        """
        INSERT INTO template (id, account_id, channel_id, name, language, content, approval, created_at, updated_at)
        VALUES (2, 1, 1, 'shop:bye', 'en', '{"body":"Bye {{1}}!"}', 'approved', 0, 0)
        """)
    private static let insertCampaign = Query(
        "fixture.campaign",
        """
        INSERT INTO campaign (id, account_id, name, type, status, channel_id, template_id, definition, run, created_at)
        VALUES (1, 1, 'First', 'one_time', 'running', 1, 1, '{}', 1, 0)
        """)
    private static let insertProfile = Query(
        "fixture.profile",
        """
        INSERT INTO profile (id, account_id, object_id, whatsapp, properties, written_at, created_at, updated_at)
        VALUES ($1, 1, $2, 1, '{}', 0, 0, 0)
        """)
    private static let reach = Query("fixture.reach", "SELECT day, count FROM reach_count WHERE campaign_id = 1")
    private static let allIDs = Query("fixture.messages", "SELECT id FROM message ORDER BY id")
    private static let tallies = Query("fixture.tallies", "SELECT name, value FROM tally WHERE campaign_id = 1")
}

/// Seconds after a fixed moment.
func at(_ seconds: Int) -> Timestamp { Timestamp(seconds: 1_793_000_000 + Int64(seconds)) }

extension SendFailure {
    static func with(_ disposition: Disposition, code: String = "vonage_1") -> SendFailure {
        SendFailure(disposition, code: code, summary: "no")
    }
}
