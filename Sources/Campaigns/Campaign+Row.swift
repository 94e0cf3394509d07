import Core
import Storage

extension Campaign {
    /// In the order that `init(row:)` reads.
    static let columns = """
        id, account_id, name, type, status, channel_id, template_id, definition, start_at, created_at, started_at, finished_at, \
        run, planned_up_to, planned_at
        """

    init(row: SQLRow) throws {
        (id, accountID, name) = (try row.id(0), try row.id(1), try row.text(2))
        guard let type = CampaignType(rawValue: try row.text(3)), let status = Status(rawValue: try row.text(4)) else {
            throw StorageError(.mismatch, "campaign \(id) has a type or status that this program does not know")
        }
        (self.type, self.status) = (type, status)
        (channelID, templateID) = (try row.id(5), try row.id(6))
        do { definition = try CampaignDefinition(json: try row.json(7)) } catch let error as InputError {
            throw StorageError(.mismatch, "the definition of campaign \(id) cannot be read: \(error.field ?? ""): \(error.message)")
        }
        (startAt, createdAt, startedAt) = (try row.timeIfPresent(8), try row.time(9), try row.timeIfPresent(10))
        (finishedAt, run) = (try row.timeIfPresent(11), try row.int(12))
        let last = try row.integer(13)
        plannedUpTo = last > 0 ? ProfileID(rawValue: last) : nil
        plannedAt = try row.timeIfPresent(14)
    }
}

enum CampaignQueries {
    static let insert = Query(
        "campaign.insert",
        """
        INSERT INTO campaign (id, account_id, name, type, status, channel_id, template_id, definition, created_at)
        VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7, $8)
        """)
    static let byID = Query("campaign.by_id", "SELECT \(Campaign.columns) FROM campaign WHERE id = $1 AND account_id = $2")
    static let byIDLocked = Query("campaign.by_id_locked") { sql in
        "SELECT \(Campaign.columns) FROM campaign WHERE id = $1 AND account_id = $2 \(sql.forUpdate)"
    }
    static let byIDAlone = Query("campaign.by_id_alone", "SELECT \(Campaign.columns) FROM campaign WHERE id = $1")
    static let page = Query(
        "campaign.page",
        """
        SELECT \(Campaign.columns) FROM campaign WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
        """)
    static let schedule = Query(
        "campaign.schedule",
        "UPDATE campaign SET status = 'scheduled', start_at = $1 WHERE id = $2 AND status = 'draft'")
    static let reopen = Query(
        "campaign.reopen", "UPDATE campaign SET status = 'running', finished_at = NULL WHERE id = $1 AND status = 'completed'")

    static let stop = Query(
        "campaign.stop",
        """
        UPDATE campaign SET status = 'stopped', finished_at = $1
        WHERE id = $2 AND status IN ('draft', 'scheduled', 'running')
        """)

    /// The first condition is that of the index on live campaigns, the second what is asked for.
    static let due = Query(
        "campaign.due",
        """
        SELECT id FROM campaign WHERE status IN ('scheduled', 'running') AND status = 'scheduled' AND start_at <= $1
        ORDER BY start_at, id
        """)
    static let running = Query(
        "campaign.running",
        "SELECT id FROM campaign WHERE status IN ('scheduled', 'running') AND status = 'running' ORDER BY id")
    /// The first condition on the state of messages is that of their index, the second what is asked for.
    static let stoppedWithWaiting = Query(
        "campaign.stopped_with_waiting",
        """
        SELECT id FROM campaign WHERE status = 'stopped' AND EXISTS (
            SELECT 1 FROM message WHERE campaign_id = campaign.id AND state IN ('planned', 'claimed', 'asked')
            AND state <> 'asked') ORDER BY id
        """)
    static let begin = Query(
        "campaign.begin",
        """
        UPDATE campaign SET status = 'running', run = run + 1, started_at = $1, planned_up_to = 0, planned_at = NULL
        WHERE id = $2 AND status = 'scheduled' AND start_at <= $1
        """)
    /// Only from where it was read, and only while it runs: of two that plan the same page one comes too late.
    static let advance = Query(
        "campaign.advance",
        """
        UPDATE campaign SET planned_up_to = $1, planned_at = $2
        WHERE id = $3 AND status = 'running' AND run = $4 AND planned_up_to = $5 AND planned_at IS NULL
        """)
    static let complete = Query(
        "campaign.complete",
        """
        UPDATE campaign SET status = 'completed', finished_at = $1
        WHERE id = $2 AND status = 'running' AND planned_at IS NOT NULL
        """)
}
