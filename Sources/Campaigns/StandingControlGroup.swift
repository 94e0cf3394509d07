package import Core
import Storage

/// People of an account whom every campaign, or every campaign that names the group, leaves out, so that the effect of all
/// of them can be measured.
package struct StandingControlGroup: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The account has one at most; it is held back by each campaign that does not say otherwise.
        case system
        /// The account has ten at most, next to its system group; campaigns name them.
        case custom
    }

    package typealias ID = Identifier<StandingControlGroup>

    package let id: ID
    package let accountID: AccountID
    package let kind: Kind
    /// Unique in the account.
    package internal(set) var name: String
    /// May be empty.
    package internal(set) var purpose: String
    /// 2 to 5 of a hundred of all people. A larger group holds the smaller one that it was.
    package internal(set) var percent: Int
    /// What its draw is made with; never changes, so that a member stays a member.
    package let salt: String
    package let createdAt: Timestamp

    package static let customLimit = 10
    static let percents = 2...5
}

extension StandingControlGroup {
    static let columns = "id, account_id, kind, name, purpose, percent, salt, created_at"

    init(row: SQLRow) throws {
        guard let kind = Kind(rawValue: try row.text(2)) else { throw StorageError(.mismatch, "a control group of an unknown kind") }
        (id, accountID, self.kind, name) = (try row.id(0), try row.id(1), kind, try row.text(3))
        (purpose, percent, salt, createdAt) = (try row.text(4), try row.int(5), try row.text(6), try row.time(7))
    }

    var values: [SQLValue] {
        [
            .id(id), .id(accountID), .text(kind.rawValue), .text(name), .text(purpose), .int(percent), .text(salt), .time(createdAt),
        ]
    }

    /// Takes over those of `{name, purpose, percent}` that are there.
    mutating func change(by input: InputObject) throws(InputError) {
        name = try input.lineIfPresent("name", limit: 60) ?? name
        purpose = try input.lineIfPresent("purpose", limit: 500) ?? purpose
        percent = try input.wholeIfPresent("percent", in: Self.percents) ?? percent
    }
}

enum ControlGroupQueries {
    static let all = Query(
        "control_group.all",
        "SELECT \(StandingControlGroup.columns) FROM control_group WHERE account_id = $1 ORDER BY kind DESC, id")
    static let byID = Query("control_group.by_id") { sql in
        "SELECT \(StandingControlGroup.columns) FROM control_group WHERE account_id = $1 AND id = $2 \(sql.forUpdate)"
    }
    static let customNamed = Query(
        "control_group.custom_named", "SELECT id FROM control_group WHERE account_id = $1 AND kind = 'custom' AND name = $2")
    static let insert = Query(
        "control_group.insert",
        """
        INSERT INTO control_group (id, account_id, kind, name, purpose, percent, salt, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)
    static let update = Query(
        "control_group.update", "UPDATE control_group SET name = $3, purpose = $4, percent = $5 WHERE account_id = $1 AND id = $2")
    static let remove = Query("control_group.remove", "DELETE FROM control_group WHERE account_id = $1 AND id = $2")
    static let exempt = Query(
        "control_exempt.all", "SELECT profile_id FROM control_exempt WHERE account_id = $1 ORDER BY profile_id")
    static let clearExempt = Query("control_exempt.clear", "DELETE FROM control_exempt WHERE account_id = $1")
    static let addExempt = Query("control_exempt.add", "INSERT INTO control_exempt (account_id, profile_id) VALUES ($1, $2)")
    /// Campaigns that may still send, with what they name.
    static let openCampaigns = Query(
        "control_group.open_campaigns",
        """
        SELECT id, definition FROM campaign
        WHERE account_id = $1 AND status IN ('draft', 'approval_pending', 'rejected', 'scheduled', 'running')
        """)
}
