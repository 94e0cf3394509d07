package import Core
package import Storage

/// What all messages of one run share.
package struct CampaignRun: Hashable, Sendable {
    package var accountID: AccountID
    package var campaignID: CampaignID
    package var run: Int
    package var channelID: ChannelID
    package var templateID: TemplateID
    package var dueAt: Timestamp

    package init(
        accountID: AccountID, campaignID: CampaignID, run: Int, channelID: ChannelID, templateID: TemplateID, dueAt: Timestamp
    ) {
        (self.accountID, self.campaignID, self.run) = (accountID, campaignID, run)
        (self.channelID, self.templateID, self.dueAt) = (channelID, templateID, dueAt)
    }
}

/// A profile that fits a campaign, and what is to become of it.
package struct Qualification: Hashable, Sendable {
    /// What is to become of somebody who qualified.
    package enum Fate: Hashable, Sendable {
        /// To be sent with these parameters.
        case planned([String])
        case control
        case excluded(Reason)
    }

    package var profileID: ProfileID
    package var phone: PhoneNumber?
    /// WhatsApp's id of a person who hides the number.
    package var userID: String?
    package var fate: Fate

    package init(profileID: ProfileID, phone: PhoneNumber?, userID: String? = nil, fate: Fate) {
        (self.profileID, self.phone, self.userID, self.fate) = (profileID, phone, userID, fate)
    }
}

extension MessageLedger {
    /// Makes one row for each profile that does not have one in this run yet: the send key (campaign, run, profile) is
    /// unique, so qualifying somebody twice makes one message. Of several planned profiles with one number the first
    /// is sent to; the others are excluded as `duplicate_number`.
    /// - Returns: how many rows are new.
    @discardableResult
    package func qualify(
        _ qualifications: [Qualification], for run: CampaignRun, at now: Timestamp, in session: some SQLSession
    ) throws -> Int {
        var taken = try phonesTaken(by: qualifications, in: run, session)
        let records = qualifications.map { qualification in
            record(of: withoutDuplicate(qualification, taken: &taken), in: run, at: now)
        }
        let values = records.map { $0.fixedValues + $0.sendingValues }
        let inserted = try session.run(Self.insert, batch: values)
        var tallies = TallyChanges()
        for (record, count) in zip(records, inserted) where count == 1 { tallies.note(from: nil, to: record) }
        try tallies.write(in: session)
        return inserted.reduce(0, +)
    }

    private func withoutDuplicate(_ qualification: Qualification, taken: inout Set<PhoneNumber>) -> Qualification {
        guard case .planned = qualification.fate, let phone = qualification.phone else { return qualification }
        guard !taken.insert(phone).inserted else { return qualification }
        return Qualification(profileID: qualification.profileID, phone: phone, fate: .excluded(.duplicateNumber))
    }

    private func phonesTaken(
        by qualifications: [Qualification], in run: CampaignRun, _ session: some SQLSession
    ) throws -> Set<PhoneNumber> {
        let phones = qualifications.compactMap { $0.phone?.digits }
        guard !phones.isEmpty else { return [] }
        let rows = try session.rows(Self.phonesOfRun, [.id(run.channelID), .list(phones), .id(run.campaignID), .int(run.run)])
        return Set(try rows.compactMap { PhoneNumber(digits: try $0.text(0)) })
    }

    private func record(of qualification: Qualification, in run: CampaignRun, at now: Timestamp) -> MessageRecord {
        var (state, parameters, reason): (MessageState, [String], Reason?) = (.planned, [], nil)
        switch qualification.fate {
        case .planned(let values): parameters = values
        case .control: state = .control
        case .excluded(let why): (state, reason) = (.excluded, why)
        }
        return MessageRecord(
            id: ids.next(), accountID: run.accountID, campaignID: run.campaignID, run: run.run, profileID: qualification.profileID,
            channelID: run.channelID, templateID: run.templateID, phone: qualification.phone, userID: qualification.userID,
            parameters: parameters, state: state, reason: reason, dueAt: run.dueAt, attempts: 0, retries: 0, plannedAt: now, replies: 0)
    }

    // The plus signs keep SQLite from the index of the send key, which would read the whole run for every page.
    private static let phonesOfRun = Query("message.phones_of_run") { sql in
        """
        SELECT phone FROM message WHERE channel_id = $1 AND phone IN \(sql.texts("$2")) AND +campaign_id = $3 AND +run = $4
        AND state NOT IN ('excluded', 'control')
        """
    }

    private static let insert = Query(
        "message.insert",
        """
        INSERT INTO message (id, account_id, campaign_id, run, profile_id, channel_id, template_id, phone, parameters, planned_at,
            user_id, state, reason, due_at, lease_until, attempts, provider_message_id, asked_at, retries, whatsapp_message_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        ON CONFLICT (campaign_id, run, profile_id) DO NOTHING
        """)
}
