package import Core
package import Storage

extension MessageLedger {
    /// Makes one row for each qualification whose send key (campaign, run, profile) has none yet: it is unique, so
    /// qualifying somebody twice makes one message. Of several planned profiles with one number in one run the first is
    /// sent to; the others are excluded as `duplicate_number`. A batch may hold several runs.
    /// - Returns: how many rows are new.
    @discardableResult
    package func qualify(
        _ qualifications: [Qualification], for run: CampaignRun, at now: Timestamp, in session: some SQLSession
    ) throws -> Int {
        var taken = try numbersTaken(by: qualifications, in: run, session)
        let records = qualifications.map { qualification in
            record(of: taken.judge(qualification), in: run, at: now)
        }
        let values = records.map { $0.fixedValues + $0.sendingValues }
        let inserted = try session.run(Self.insert, batch: values)
        var tallies = TallyChanges()
        for (record, count) in zip(records, inserted) where count == 1 { tallies.note(from: nil, to: record) }
        try tallies.write(in: session)
        return inserted.reduce(0, +)
    }

    private func numbersTaken(
        by qualifications: [Qualification], in run: CampaignRun, _ session: some SQLSession
    ) throws -> NumbersTaken {
        var taken = NumbersTaken()
        let phones = Set(qualifications.compactMap { $0.phone?.digits })
        guard !phones.isEmpty else { return taken }
        let runs = Set(qualifications.map(\.run))
        let rows = try session.rows(Self.numbersOfRuns, [.id(run.channelID), .list(phones), .id(run.campaignID), .list(runs)])
        for row in rows {
            if let phone = PhoneNumber(digits: try row.text(0)) { taken.insert(phone, in: try row.int(1)) }
        }
        return taken
    }

    private func record(of qualification: Qualification, in run: CampaignRun, at now: Timestamp) -> MessageRecord {
        var (state, parameters, reason): (MessageState, [String], Reason?) = (.planned, [], nil)
        switch qualification.fate {
        case .planned(let values): parameters = values
        case .control: state = .control
        case .excluded(let why): (state, reason) = (.excluded, why)
        }
        return MessageRecord(
            id: ids.next(), accountID: run.accountID, campaignID: run.campaignID, run: qualification.run,
            profileID: qualification.profileID, channelID: run.channelID, templateID: qualification.templateID, lane: run.lane,
            variant: qualification.variant, phone: qualification.phone, userID: qualification.userID, parameters: parameters,
            state: state, reason: reason, dueAt: qualification.dueAt, attempts: 0, retries: 0, plannedAt: now, replies: 0)
    }

    // The plus signs keep SQLite from the index of the send key, which would read the whole run for every page.
    private static let numbersOfRuns = Query("message.numbers_of_runs") { sql in
        """
        SELECT phone, run FROM message WHERE channel_id = $1 AND phone IN \(sql.texts("$2")) AND +campaign_id = $3
        AND +run IN \(sql.integers("$4")) AND state NOT IN ('excluded', 'control')
        """
    }

    private static let insert = Query(
        "message.insert",
        """
        INSERT INTO message (id, account_id, campaign_id, run, profile_id, channel_id, template_id, phone, parameters, planned_at,
            user_id, lane, variant, state, reason, due_at, lease_until, attempts, provider_message_id, asked_at, retries,
            whatsapp_message_id, reach_day, slot_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
            $21, $22, $23, $24)
        ON CONFLICT (campaign_id, run, profile_id) DO NOTHING
        """)
}
