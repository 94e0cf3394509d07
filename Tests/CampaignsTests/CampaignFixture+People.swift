import Campaigns
import Core
import Storage

/// A row of the ledger, as far as these tests look at it.
struct Planned: Hashable, Sendable {
    var profile: Int64
    var run: Int
    var state: String
    var reason: String?
    var phone: String?
    var parameters: [String]
}

extension CampaignFixture {
    /// Adds somebody who opted in, with the number +1555000 and the id in six digits.
    func add(
        _ id: Int64, phone: String? = "", optedIn: Bool = true, _ properties: [String: JSONValue] = [:]
    ) async throws {
        let digits = String(1_000_000 + id).dropFirst()
        let number = phone.map { $0.isEmpty ? "1555000\(digits)" : $0 }
        try await engine.write { session in
            let revision = try Counter("profile_revision").take(in: session)
            _ = try session.run(
                Self.insert,
                [.integer(id), .text("o\(id)"), .optional(number), .flag(optedIn), .json(.object(properties)), .integer(revision)])
        }
    }

    func add(_ ids: ClosedRange<Int64>, optedIn: Bool = true) async throws {
        try await engine.write { session in
            let revision = try Counter("profile_revision").take(ids.count, in: session)
            let rows = ids.map { id -> [SQLValue] in
                [
                    .integer(id), .text("o\(id)"), .text("1555\(1_000_000 + id)"), .flag(optedIn), .text("{}"),
                    .integer(revision + id - ids.lowerBound),
                ]
            }
            _ = try session.run(Self.insert, batch: rows)
        }
    }

    /// Adds people whom others know as i1, i2 ….
    func addWithIdentity(_ ids: ClosedRange<Int64>) async throws {
        try await add(ids)
        try await engine.write { session in
            _ = try session.run(Self.insertIdentity, batch: ids.map { [.text("i\($0)"), .integer($0)] })
            _ = try session.run(Self.setIdentity, batch: ids.map { [.text("i\($0)"), .integer($0)] })
        }
    }

    func block(_ phone: String) async throws {
        try await engine.write { session in _ = try session.run(Self.insertBlock, [.text(phone)]) }
    }

    func messages(of campaign: CampaignID) async throws -> [Planned] {
        try await engine.read { try $0.rows(Self.ofCampaign, [.id(campaign)]) }.map { row in
            Planned(
                profile: try row.integer(0), run: try row.int(1), state: try row.text(2), reason: try row.textIfPresent(3),
                phone: try row.textIfPresent(4), parameters: try row.json(5).array?.compactMap(\.string) ?? [])
        }
    }

    /// Writes into a campaign's row what the program would never write.
    func damage(_ campaign: CampaignID) async throws {
        try await engine.write { session in _ = try session.run(Self.breakDefinition, [.id(campaign)]) }
    }

    private static let insert = Query(
        "test.profile",
        """
        INSERT INTO profile (id, account_id, object_id, phone, whatsapp, properties, revision, written_at, created_at, updated_at)
        VALUES ($1, 1, $2, $3, $4, $5, $6, 0, 0, 0)
        """)
    private static let insertIdentity = Query(
        "test.identity", "INSERT INTO identity (account_id, kind, value, profile_id) VALUES (1, 'identity', $1, $2)")
    private static let setIdentity = Query("test.set_identity", "UPDATE profile SET identity = $1 WHERE id = $2")
    private static let insertBlock = Query(
        "test.block", "INSERT INTO number_block (account_id, phone, since) VALUES (1, $1, 0)")
    private static let ofCampaign = Query(
        "test.messages",
        """
        SELECT profile_id, run, state, reason, phone, parameters FROM message WHERE campaign_id = $1 ORDER BY profile_id, id
        """)
    private static let breakDefinition = Query("test.damage", "UPDATE campaign SET definition = '{}' WHERE id = $1")
}
