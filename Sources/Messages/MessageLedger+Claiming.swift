package import Core
package import Storage

extension MessageLedger {
    /// Takes due messages of a channel for this process until `leaseUntil`: those of lower lanes first, and in one lane
    /// the longest due of each template, templates sharing alike. Nobody else gets them before; whatever is not asked by
    /// then goes back to planned.
    /// - Parameters:
    ///   - limits: how many of which template; others stay where they are.
    ///   - room: how many in all.
    /// - Returns: in the order in which they are to go out.
    package func claim(
        on channel: ChannelID, _ limits: [TemplateID: Int], upTo room: Int = .max, at now: Timestamp, leaseUntil: Timestamp
    ) async throws -> [MessageRecord] {
        guard !limits.isEmpty else { return [] }
        let rows = try await engine.write { session in
            var batch = ClaimBatch(channel: channel, now: now, leaseUntil: leaseUntil, left: limits, room: room)
            for (lane, templates) in try lanesWithWork(on: channel, at: now, in: session) {
                try batch.take(from: templates, in: lane, session)
            }
            return batch.rows
        }
        return try rows.map(MessageRecord.init(row:)).sorted { ($0.lane, $0.dueAt, $0.id) < ($1.lane, $1.dueAt, $1.id) }
    }

    /// The templates of a channel of which messages are due.
    package func templatesWithWork(on channel: ChannelID, at now: Timestamp, in session: some SQLSession) throws -> [TemplateID] {
        try session.rows(Self.busyTemplates, [.id(channel), .time(now)]).map { try $0.id(0) }
    }

    /// The lanes in which messages are due, from the lowest, each with the templates of these messages.
    private func lanesWithWork(
        on channel: ChannelID, at now: Timestamp, in session: some SQLSession
    ) throws -> [(lane: Lane, templates: [TemplateID])] {
        var templates: [Lane: [TemplateID]] = [:]
        for row in try session.rows(Self.busyLanes, [.id(channel), .time(now)]) {
            if let lane = Lane(rawValue: try row.int(0)) { templates[lane, default: []].append(try row.id(1)) }
        }
        return Lane.allCases.compactMap { lane in templates[lane].map { (lane, $0) } }
    }

    private static let busyTemplates = Query(
        "message.busy_templates",
        """
        SELECT id FROM template WHERE channel_id = $1 AND EXISTS (
            SELECT 1 FROM message WHERE message.channel_id = $1 AND message.template_id = template.id AND state = 'planned'
                AND lane IN (0, 1, 2) AND due_at <= $2) ORDER BY id
        """)

    private static let busyLanes = Query(
        "message.busy_lanes",
        """
        SELECT l.number, t.id FROM (SELECT 0 AS number UNION ALL SELECT 1 UNION ALL SELECT 2) l CROSS JOIN template t
        WHERE t.channel_id = $1 AND EXISTS (
            SELECT 1 FROM message m WHERE m.channel_id = $1 AND m.template_id = t.id AND m.state = 'planned'
                AND m.lane = l.number AND m.due_at <= $2)
        ORDER BY l.number, t.id
        """)
}

/// What one claim takes, and what it may still take.
private struct ClaimBatch {
    let channel: ChannelID
    let now: Timestamp
    let leaseUntil: Timestamp
    var left: [TemplateID: Int]
    var room: Int
    var rows: [SQLRow] = []

    /// Takes an equal share of each template, and then what is left to take of those that had more.
    mutating func take(from templates: [TemplateID], in lane: Lane, _ session: some SQLSession) throws {
        var open = templates.filter { left[$0, default: 0] > 0 }.startingAnywhere(now)
        let share = open.isEmpty ? 0 : (room - 1) / open.count + 1
        try take(share, of: &open, in: lane, session)
        try take(room, of: &open, in: lane, session)
    }

    /// - Parameter templates: afterwards those that may have more.
    private mutating func take(
        _ share: Int, of templates: inout [TemplateID], in lane: Lane, _ session: some SQLSession
    ) throws {
        templates = try templates.filter { template in
            let limit = min(left[template, default: 0], share, room)
            guard limit > 0 else { return false }
            let taken = try session.rows(
                Self.claim, [.id(channel), .time(now), .int(limit), .time(leaseUntil), .id(template), .int(lane.rawValue)])
            rows += taken
            left[template, default: 0] -= taken.count
            room -= taken.count
            return taken.count == limit
        }
    }

    private static let claim = Query("message.claim") { sql in
        """
        WITH due AS (
            SELECT id FROM message
            WHERE channel_id = $1 AND template_id = $5 AND lane = $6 AND state = 'planned' AND due_at <= $2
            ORDER BY due_at, id LIMIT $3 \(sql.skipLocked)
        )
        UPDATE message SET state = 'claimed', lease_until = $4 WHERE id IN (SELECT id FROM due) AND state = 'planned'
        RETURNING \(MessageRecord.columns)
        """
    }
}

extension [TemplateID] {
    /// The same in a circle from another one each millisecond, so that where there is not room for all none is always
    /// the last.
    fileprivate func startingAnywhere(_ now: Timestamp) -> [TemplateID] {
        guard count > 1 else { return self }
        let first = Int(now.microseconds / 1000 % Int64(count))
        return Array(self[first...] + self[..<first])
    }
}
