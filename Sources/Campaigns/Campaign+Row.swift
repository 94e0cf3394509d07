import Core
import Storage

extension Campaign {
    /// In the order that `init(row:)` reads.
    static let columns = """
        id, account_id, definition, status, channel_id, template_id, start_at, created_at, started_at, finished_at, \
        run, planned_up_to, planned_at, held_code, held_at, comment, decided_at, test_until, winner
        """

    static let columnCount = 19

    /// The same columns of a table that a query knows by another name.
    static func columns(of table: String) -> String {
        columns.split(separator: ",").map { "\(table).\($0.drop(while: \.isWhitespace))" }.joined(separator: ", ")
    }

    init(row: SQLRow) throws {
        (id, accountID) = (try row.id(0), try row.id(1))
        do { definition = try CampaignDefinition(json: try row.json(2)) } catch let error as InputError {
            throw StorageError(.mismatch, "the definition of campaign \(id) cannot be read: \(error.field ?? ""): \(error.message)")
        }
        guard let status = Status(rawValue: try row.text(3)) else {
            throw StorageError(.mismatch, "campaign \(id) has a status that this program does not know")
        }
        self.status = status
        (channelID, templateID) = (try row.id(4), try row.id(5))
        (startAt, createdAt, startedAt) = (try row.timeIfPresent(6), try row.time(7), try row.timeIfPresent(8))
        (finishedAt, run) = (try row.timeIfPresent(9), try row.int(10))
        let last = try row.integer(11)
        plannedUpTo = last > 0 ? ProfileID(rawValue: last) : nil
        plannedAt = try row.timeIfPresent(12)
        heldCode = try row.textIfPresent(13).flatMap(HeldCode.init(rawValue:))
        (heldAt, comment, decidedAt) = (try row.timeIfPresent(14), try row.textIfPresent(15), try row.timeIfPresent(16))
        (testUntil, winner) = (try row.timeIfPresent(17), try row.textIfPresent(18))
    }

    /// Of a new row; what people can change comes last, as in `changeableValues`.
    var values: [SQLValue] { [.id(id), .id(accountID), .time(createdAt)] + changeableValues }

    /// What people change by what they do, in the order of the queries `insert` and `save`.
    var changeableValues: [SQLValue] {
        [
            .text(name), .text(CampaignFilter.key(name)), .text(type.rawValue), .text(status.rawValue), .id(channelID), .id(templateID),
            .json(definition.json), .time(startAt), .time(endAt), .time(finishedAt), .optional(heldCode?.rawValue), .time(heldAt),
            .optional(comment), .time(decidedAt),
        ]
    }
}
