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
        let foreign = receipts.compactMap { $0.messageID == nil ? $0.providerMessageID : nil }
        let byProviderID = try messages(withProviderIDs: foreign, on: channel, in: session)
        return receipts.map { receipt in receipt.messageID ?? receipt.providerMessageID.flatMap { byProviderID[$0] } }
    }

    private func messages(
        withProviderIDs ids: [String], on channel: ChannelID, in session: some SQLSession
    ) throws -> [String: MessageID] {
        guard !ids.isEmpty else { return [:] }
        let rows = try session.rows(Self.byProviderIDs, [.id(channel), .list(Set(ids))])
        return Dictionary(try rows.map { (try $0.text(0), try $0.id(1)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The message that a reply answers: the quoted one, else the newest that went to the number. Nil when neither exists.
    package func answered(
        quoting providerMessageID: String?, from phone: PhoneNumber?, on channel: ChannelID, in session: some SQLSession
    ) throws -> MessageRecord? {
        if let providerMessageID, let id = try messages(withProviderIDs: [providerMessageID], on: channel, in: session).values.first {
            return try load([id], in: session)[id]
        }
        guard let phone else { return nil }
        return try session.row(Self.newestTo, [.id(channel), .text(phone.digits)]).map(MessageRecord.init(row:))
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

    private static let newestTo = Query("message.newest_to") { sql in
        """
        SELECT \(MessageRecord.columns) FROM message WHERE channel_id = $1 AND phone = $2
        AND state IN ('asked', 'accepted', 'unknown') ORDER BY asked_at DESC, id DESC LIMIT 1 \(sql.forUpdate)
        """
    }
}
