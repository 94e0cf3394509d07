import Core
import Messages
import Profiles
import Storage
import WhatsApp

/// What people wrote; the only writer of `inbound`.
struct InboundBook: Sendable {
    let ledger: MessageLedger
    let profiles: ProfileStore
    let ids: IDMaker

    /// Stores a message once, however often and by however many processes it is delivered, and counts the first one as a
    /// reply to the message that it answers: the quoted one, else the newest that went to its sender.
    func record(_ message: InboundMessage, of raw: RawWebhook, in session: any SQLSession) throws {
        let answered = try ledger.answered(
            quoting: message.quotedProviderMessageID, from: message.phone, on: raw.channelID, in: session)
        let profile = try answered?.profileID ?? profile(of: message.phone, account: raw.accountID, in: session)
        let id: InboundID = ids.next()
        let isNew = try session.run(
            Self.insert,
            [
                .id(id), .id(raw.accountID), .id(raw.channelID), .text(message.providerMessageID), .text(message.sender),
                .id(profile), .id(answered?.id), .id(answered?.campaignID), .text(message.kind), .optional(message.text),
                .json(message.payload), .time(message.occurredAt), .time(raw.receivedAt),
            ])
        if isNew == 1, let answered { try ledger.countReply(to: answered.id, in: session) }
    }

    /// Of several people with one number the one whom the account wrote to last, from any channel; else the oldest.
    private func profile(of phone: PhoneNumber?, account: AccountID, in session: any SQLSession) throws -> ProfileID? {
        guard let phone else { return nil }
        let owners = try profiles.withPhone(phone, of: account, in: session)
        guard owners.count > 1 else { return owners.first }
        return try session.row(Self.newest, [.id(account), .text(phone.digits), .list(owners)])?.id(0) ?? owners.min()
    }

    private static let insert = Query(
        "inbound.insert",
        """
        INSERT INTO inbound (id, account_id, channel_id, provider_message_id, sender, profile_id, message_id, campaign_id, kind, text,
            payload, occurred_at, received_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (channel_id, provider_message_id) DO NOTHING
        """)

    private static let newest = Query("inbound.newest_written_to") { sql in
        """
        SELECT profile_id FROM message
        WHERE channel_id IN (SELECT id FROM channel WHERE account_id = $1) AND phone = $2
            AND profile_id IN \(sql.integers("$3")) AND state IN ('asked', 'accepted', 'unknown')
        ORDER BY asked_at DESC, id DESC LIMIT 1
        """
    }
}
