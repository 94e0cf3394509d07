package import Core
package import Storage
package import WhatsApp

extension MessageLedger {
    /// Applies receipts to the messages of a channel that they are about, by our reference, else by the provider's id.
    /// Repeated and unordered ones change nothing more.
    /// - Returns: for each receipt the message, or nil where no message of this channel fits (yet).
    package func apply(
        _ receipts: [Receipt], on channel: ChannelID, in session: some SQLSession
    ) throws -> [MessageRecord?] {
        let known = try resolve(receipts, on: channel, in: session)
        let records = try load(known.compactMap { $0 }, in: session).filter { $0.value.channelID == channel }
        var changed = records
        for (receipt, id) in zip(receipts, known) { if let id { changed[id]?.apply(receipt) } }
        try save(changes(from: records, to: changed), in: session)
        return known.map { id in id.flatMap { changed[$0] }.flatMap { $0.attempts > 0 ? $0 : nil } }
    }

    private func resolve(
        _ receipts: [Receipt], on channel: ChannelID, in session: some SQLSession
    ) throws -> [MessageID?] {
        let foreign = receipts.filter { $0.messageID == nil }
        let known = try messages(
            with: Set(foreign.flatMap { [$0.providerMessageID, $0.whatsAppMessageID] }.compactMap { $0 }), on: channel, in: session)
        return receipts.map { receipt in
            receipt.messageID ?? receipt.providerMessageID.flatMap { known[$0] } ?? receipt.whatsAppMessageID.flatMap { known[$0] }
        }
    }

    /// By the provider's id, else by WhatsApp's: which of the two a call carries differs by event and by age
    /// (`providers.md` 4.2), and they cannot be told apart by their looks.
    private func messages(with ids: Set<String>, on channel: ChannelID, in session: some SQLSession) throws -> [String: MessageID] {
        guard !ids.isEmpty else { return [:] }
        var known = try messages(Self.byProviderIDs, ids, on: channel, in: session)
        let others = ids.subtracting(known.keys)
        if !others.isEmpty { known.merge(try messages(Self.byWhatsAppIDs, others, on: channel, in: session)) { first, _ in first } }
        return known
    }

    private func messages(
        _ query: Query, _ ids: Set<String>, on channel: ChannelID, in session: some SQLSession
    ) throws -> [String: MessageID] {
        let rows = try session.rows(query, [.id(channel), .list(ids)])
        return Dictionary(try rows.map { (try $0.text(0), try $0.id(1)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The message that a reply answers: the quoted one, else the newest that went to the number or to WhatsApp's id of the
    /// person. Nil when neither exists.
    package func answered(
        quoting quoted: String?, from phone: PhoneNumber?, _ userID: String?, on channel: ChannelID, in session: some SQLSession
    ) throws -> MessageRecord? {
        if let quoted, let id = try messages(with: [quoted], on: channel, in: session).values.first {
            return try load([id], in: session)[id]
        }
        if let phone, let row = try session.row(Self.newestTo, [.id(channel), .text(phone.digits)]) { return try MessageRecord(row: row) }
        guard let userID else { return nil }
        return try session.row(Self.newestToUser, [.id(channel), .text(userID)]).map(MessageRecord.init(row:))
    }

    /// Counts one more reply to a message. The caller sees to it that each reply is counted once.
    package func countReply(to id: MessageID, in session: some SQLSession) throws {
        guard let record = try load([id], in: session)[id] else { return }
        var answered = record
        answered.replies += 1
        try save([(record, answered)], in: session)
    }

    private static let byProviderIDs = Query("message.by_provider_ids") { sql in
        """
        SELECT provider_message_id, id FROM message WHERE channel_id = $1 AND provider_message_id IN \(sql.texts("$2")) ORDER BY id
        """
    }

    private static let byWhatsAppIDs = Query("message.by_whatsapp_ids") { sql in
        """
        SELECT whatsapp_message_id, id FROM message
        WHERE channel_id = $1 AND whatsapp_message_id IN \(sql.texts("$2")) ORDER BY id
        """
    }

    private static let newestToUser = Query("message.newest_to_user") { sql in
        """
        SELECT \(MessageRecord.columns) FROM message WHERE channel_id = $1 AND user_id = $2
        AND state IN ('asked', 'accepted', 'unknown') ORDER BY asked_at DESC, id DESC LIMIT 1 \(sql.forUpdate)
        """
    }

    private static let newestTo = Query("message.newest_to") { sql in
        """
        SELECT \(MessageRecord.columns) FROM message WHERE channel_id = $1 AND phone = $2
        AND state IN ('asked', 'accepted', 'unknown') ORDER BY asked_at DESC, id DESC LIMIT 1 \(sql.forUpdate)
        """
    }
}
