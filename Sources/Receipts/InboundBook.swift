import Consequences
import Core
import Messages
import Profiles
import Storage
import WhatsApp

/// What people wrote; the only writer of `inbound`.
struct InboundBook: Sendable {
    let ledger: MessageLedger
    let people: PeopleBook
    let consequences: Consequences
    let ids: IDMaker

    /// Stores a message once, however often and by however many processes it is delivered, and counts the first one as a
    /// reply to the message that it answers: the quoted one, else the newest that went to its sender.
    func record(_ message: InboundMessage, of raw: RawWebhook, in session: any SQLSession) throws {
        let answered = message.isReply ? try answered(message, on: raw, in: session) : nil
        let profile = try answered?.profileID ?? profile(of: message.from, account: raw.accountID, in: session)
        let id: InboundID = ids.next()
        let isNew = try session.run(
            Self.insert,
            [
                .id(id), .id(raw.accountID), .id(raw.channelID), .text(message.providerMessageID), .text(message.from.address ?? ""),
                .id(profile), .id(answered?.id), .id(answered?.campaignID), .text(message.kind), .optional(message.text),
                .json(message.payload), .time(message.occurredAt), .time(raw.receivedAt), .optional(message.choice),
                message.media.map { .json($0.json) } ?? .null,
            ])
        guard isNew == 1 else { return }
        if let answered { try ledger.countReply(to: answered.id, in: session) }
        if let profile { try people.link(message.from, to: profile, of: raw.accountID, in: session) }
        if let phone = message.from.phone { try consequences.heard(from: phone, account: raw.accountID, in: session) }
    }

    /// The quoted message, else the newest to the sender, else, for a number that WhatsApp spells otherwise than it was
    /// dialled, the newest to the number of the person whose it is.
    private func answered(_ message: InboundMessage, on raw: RawWebhook, in session: any SQLSession) throws -> MessageRecord? {
        let known = try ledger.answered(
            quoting: message.quotedProviderMessageID, from: message.from.phone, message.from.userID?.text, on: raw.channelID, in: session)
        if let known { return known }
        let candidates = try people.candidates(for: message.from, of: raw.accountID, in: session)
        guard candidates.count == 1, let owner = candidates.first,
            let phone = try people.profiles.profiles([owner], of: raw.accountID, in: session)[owner]?.phone, phone != message.from.phone
        else { return nil }
        return try ledger.answered(quoting: nil, from: phone, nil, on: raw.channelID, in: session)
    }

    /// Of several people with one number the one whom the account wrote to last, from any channel; else the oldest.
    private func profile(of person: WhatsAppPerson, account: AccountID, in session: any SQLSession) throws -> ProfileID? {
        let owners = try people.candidates(for: person, of: account, in: session)
        guard owners.count > 1, let phone = person.phone else { return owners.first }
        return try session.row(Self.newest, [.id(account), .text(phone.digits), .list(owners)])?.id(0) ?? owners.min()
    }

    private static let insert = Query(
        "inbound.insert",
        """
        INSERT INTO inbound (id, account_id, channel_id, provider_message_id, sender, profile_id, message_id, campaign_id, kind, text,
            payload, occurred_at, received_at, choice, media)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
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

extension InboundMedia {
    /// `{link | id, type?, filename?}`
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [:]
        switch reference {
        case .link(let link): members["link"] = .string(link)
        case .id(let id): members["id"] = .string(id)
        }
        members["type"] = type.map(JSONValue.string)
        members["filename"] = filename.map(JSONValue.string)
        return .object(members)
    }
}
