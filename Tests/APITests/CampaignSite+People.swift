import Core
import Storage

extension CampaignSite {
    /// People known as p1, p2 … with the emails p1@example.com …, all opted in but the last.
    func addPeople(_ count: Int) async throws {
        try await engine.write { session in
            let revision = try Counter("profile_revision").take(count, in: session)
            let people = (1...count).map { number -> [SQLValue] in
                [
                    .int(number), .text("o\(number)"), .text("p\(number)"), .text("1555\(1_000_000 + number)"),
                    .flag(number < count), .integer(revision + Int64(number) - 1), .text("p\(number)@example.com"),
                ]
            }
            _ = try session.run(Self.insert, batch: people)
            _ = try session.run(Self.name, batch: (1...count).map { [.text("p\($0)"), .int($0)] })
        }
    }

    /// Person, run, lane, state, reason and parameters of every message, in the order of campaigns, runs and people.
    static func messages(in engine: any SQLEngine) async throws -> [String] {
        try await engine.read { session in
            try session.rows(Self.all).map { row in
                let reason = try row.textIfPresent(4) ?? "-"
                return "\(try row.int(0)) \(try row.int(1)) \(try row.int(2)) \(try row.text(3)) \(reason) \(try row.text(5))"
            }
        }
    }

    private static let insert = Query(
        "test.profile",
        """
        INSERT INTO profile (id, account_id, object_id, identity, phone, whatsapp, properties, revision, email, written_at, created_at,
            updated_at)
        VALUES ($1, 1, $2, $3, $4, $5, '{}', $6, $7, 0, 0, 0)
        """)
    private static let name = Query(
        "test.identity", "INSERT INTO identity (account_id, kind, value, profile_id) VALUES (1, 'identity', $1, $2)")
    private static let all = Query(
        "test.messages", "SELECT profile_id, run, lane, state, reason, parameters FROM message ORDER BY campaign_id, run, profile_id")
}
