import Storage

/// What the runner asks and does: it finds what is due and compares before it sets.
extension CampaignQueries {
    /// The first condition is that of the index on live campaigns, the others what is asked for.
    static let due = Query(
        "campaign.due",
        """
        SELECT id FROM campaign WHERE status IN ('scheduled', 'running') AND status = 'scheduled' AND start_at <= $1
            AND held_code IS NULL
        ORDER BY start_at, id
        """)
    static let running = Query(
        "campaign.running",
        "SELECT id FROM campaign WHERE status IN ('scheduled', 'running') AND status = 'running' ORDER BY id")
    /// The first condition on the state of messages is that of their index, the second what is asked for.
    static let stoppedWithWaiting = Query(
        "campaign.stopped_with_waiting",
        """
        SELECT id FROM campaign WHERE status IN ('stopped', 'archived') AND EXISTS (
            SELECT 1 FROM message WHERE campaign_id = campaign.id AND state IN ('planned', 'claimed', 'asked')
            AND state <> 'asked') ORDER BY id
        """)
    static let begin = Query(
        "campaign.begin",
        """
        UPDATE campaign SET status = 'running', run = run + 1, started_at = $1, planned_up_to = 0, planned_at = NULL
        WHERE id = $2 AND status = 'scheduled' AND start_at <= $1 AND held_code IS NULL
        """)
    /// Only with the start that was found to be missed: it may have been changed meanwhile.
    static let hold = Query(
        "campaign.hold",
        """
        UPDATE campaign SET held_code = $1, held_at = $2
        WHERE id = $3 AND status = 'scheduled' AND start_at = $4 AND held_code IS NULL
        """)
    /// What still waits for approval though its start or end is past.
    static let unapproved = Query(
        "campaign.unapproved",
        "SELECT id FROM campaign WHERE status = 'approval_pending' AND (start_at < $1 OR end_at <= $1) ORDER BY id")
    static let expire = Query(
        "campaign.expire",
        """
        UPDATE campaign SET status = 'expired', finished_at = $1
        WHERE id = $2 AND status = 'approval_pending' AND (start_at < $1 OR end_at <= $1)
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
        WHERE id = $2 AND status = 'running' AND (planned_at IS NOT NULL OR type <> 'one_time')
        """)
}
