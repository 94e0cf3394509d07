package import Core
package import Storage

/// What a person can decide about messages that may have gone out and may not.
package enum UnknownDecision: String, Hashable, Sendable, CaseIterable {
    /// Counted under Errors as `written_off`. A receipt that comes after all still makes them sent.
    case writeOff = "write_off"
    /// Sent once more, at the risk that somebody gets the message twice.
    case sendAgain = "send_again"
}

extension MessageLedger {
    /// Whether a campaign has messages that still wait or whose requests are under way.
    package func hasOpenMessages(of campaign: CampaignID, in session: some SQLSession) throws -> Bool {
        try session.row(Self.anyOpen, [.id(campaign)]) != nil
    }

    /// Excludes up to 1,000 messages of a stopped campaign that have not been asked yet, as `campaign_stopped`.
    /// - Returns: how many; the caller goes on until it is 0. What is asked already is let finish.
    package func excludeWaiting(of campaign: CampaignID, in session: some SQLSession) throws -> Int {
        let records = try session.rows(Self.waiting, [.id(campaign)]).map(MessageRecord.init(row:))
        try save(records.map { ($0, $0.excluded(.campaignStopped)) }, in: session)
        return records.count
    }

    /// Takes in what a person decided about the messages of a campaign whose fate nobody knows. Deciding again decides
    /// about those only that have become unknown since.
    /// - Returns: how many it was about.
    package func decide(
        _ decision: UnknownDecision, of campaign: CampaignID, at now: Timestamp, in session: some SQLSession
    ) throws -> Int {
        var count = 0
        while case let unknown = try session.rows(Self.unknown, [.id(campaign)]).map(MessageRecord.init(row:)), !unknown.isEmpty {
            try save(
                unknown.map { record in
                    var decided = record
                    switch decision {
                    case .writeOff: (decided.state, decided.reason) = (.failed, .writtenOff)
                    case .sendAgain: (decided.state, decided.dueAt) = (.planned, now)
                    }
                    return (record, decided)
                }, in: session)
            count += unknown.count
        }
        return count
    }

    /// The channels that have messages due.
    package func channelsWithWork(at now: Timestamp) async throws -> [ChannelID] {
        try await engine.read { session in try session.rows(Self.busyChannels, [.time(now)]).map { try $0.id(0) } }
    }

    private static let anyOpen = Query(
        "message.any_open",
        "SELECT 1 FROM message WHERE campaign_id = $1 AND state IN ('planned', 'claimed', 'asked') LIMIT 1")

    // Repeats the condition of the index `message_open`, which SQLite needs to see before it uses it.
    private static let waiting = Query("message.waiting") { sql in
        """
        SELECT \(MessageRecord.columns) FROM message
        WHERE campaign_id = $1 AND state IN ('planned', 'claimed', 'asked') AND state <> 'asked'
        ORDER BY id LIMIT 1000 \(sql.forUpdate)
        """
    }

    private static let unknown = Query("message.unknown") { sql in
        """
        SELECT \(MessageRecord.columns) FROM message WHERE campaign_id = $1 AND state = 'unknown'
        ORDER BY id LIMIT 1000 \(sql.forUpdate)
        """
    }

    private static let busyChannels = Query(
        "message.busy_channels",
        """
        SELECT id FROM channel WHERE EXISTS (
            SELECT 1 FROM template WHERE template.channel_id = channel.id AND EXISTS (
                SELECT 1 FROM message WHERE message.channel_id = channel.id AND message.template_id = template.id
                    AND state = 'planned' AND lane IN (0, 1, 2) AND due_at <= $1))
        """)
}
