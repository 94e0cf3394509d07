import Campaigns
import Core
import Storage
import ZoneTime

/// A row of those who did what a campaign hopes for.
struct Converted: Hashable, Sendable {
    var campaign: CampaignID
    var profile: Int64
    var isControl = false
    var at: Timestamp
    var revenue: Double = 0
}

extension CampaignFixture {
    static let goal: JSONValue = ["event": "Charged", "within": ["hours": 1], "revenue_property": "Amount"]

    /// Makes a one-time campaign with a goal, begins it and plans its messages.
    func launch(hopingFor goal: JSONValue, control: Int64 = 0) async throws -> CampaignID {
        let campaign = try await launch(["setup": ["conversion": goal, "control_group": ["percent": .int(control)]]])
        await drain()
        return campaign.id
    }

    /// Lets a planned message be in a state as after a request.
    func mark(_ campaign: CampaignID, of person: Int64, _ state: String = "accepted", at time: Timestamp, attempts: Int = 1) async throws {
        let accepted = state == "accepted" ? time + .milliseconds(5) : nil
        try await engine.write { session in
            _ = try session.run(
                Self.mark, [.text(state), .time(time), .time(accepted), .int(attempts), .id(campaign), .integer(person)])
        }
    }

    func conversionRunner(
        over other: (any SQLEngine)? = nil, at time: Timestamp = CampaignFixture.now + .seconds(86_400), stretch: Int = 2000
    ) -> ConversionRunner {
        ConversionRunner(engine: other ?? engine, zones: Zones(clock: .fixed(time)), clock: .fixed(time), stretch: stretch)
    }

    /// Reads all events that there are.
    func countConversions(stretch: Int = 2000) async { while await conversionRunner(stretch: stretch).turn() {} }

    func conversions() async throws -> [Converted] {
        try await engine.read { try $0.rows(Self.conversions) }.map { row in
            Converted(
                campaign: try row.id(0), profile: try row.integer(1), isControl: try row.int(2) == 1, at: try row.time(3),
                revenue: Double(try row.integer(4)) / 1e6)
        }
    }

    private static let mark = Query(
        "test.mark",
        "UPDATE message SET state = $1, asked_at = $2, accepted_at = $3, attempts = $4 WHERE campaign_id = $5 AND profile_id = $6")
    private static let conversions = Query(
        "test.conversions",
        "SELECT campaign_id, profile_id, is_control, converted_at, revenue FROM conversion ORDER BY campaign_id, profile_id")
}
