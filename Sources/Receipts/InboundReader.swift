package import Core
package import Storage
package import WhatsApp

/// A stored message of a person.
package struct InboundRecord: Hashable, Sendable {
    package let id: InboundID
    /// The number's digits, or WhatsApp's id of the person.
    package let sender: String
    package let profileID: ProfileID?
    /// The message of ours that it answers, and its campaign.
    package let messageID: MessageID?
    package let campaignID: CampaignID?
    /// As in `InboundMessage`.
    package let kind: String
    package let text: String?
    package let choice: String?
    package let media: InboundMedia?
    package let occurredAt: Timestamp
}

/// Reads what people wrote.
package struct InboundReader: Sendable {
    private let engine: any SQLEngine

    package init(engine: any SQLEngine) { self.engine = engine }

    /// A channel's messages, in the order in which they came in: those after `after`, at most `limit`.
    package func page(of channel: ChannelID, after: InboundID?, upTo limit: Int) async throws -> [InboundRecord] {
        let values: [SQLValue] = [.id(channel), .integer(after?.rawValue ?? 0), .int(limit)]
        return try await engine.read { try $0.rows(Self.page, values).map(InboundRecord.init(row:)) }
    }

    /// One message of a channel; nil when it has none of this id.
    package func message(_ id: InboundID, of channel: ChannelID) async throws -> InboundRecord? {
        try await engine.read { try $0.row(Self.one, [.id(id), .id(channel)]).map(InboundRecord.init(row:)) }
    }

    private static let page = Query(
        "inbound.page", "SELECT \(InboundRecord.columns) FROM inbound WHERE channel_id = $1 AND id > $2 ORDER BY id LIMIT $3")
    private static let one = Query(
        "inbound.one", "SELECT \(InboundRecord.columns) FROM inbound WHERE id = $1 AND channel_id = $2")
}

extension InboundRecord {
    fileprivate static let columns = "id, sender, profile_id, message_id, campaign_id, kind, text, choice, media, occurred_at"

    fileprivate init(row: SQLRow) throws {
        (id, sender, profileID) = (try row.id(0), try row.text(1), try row.idIfPresent(2))
        (messageID, campaignID, kind) = (try row.idIfPresent(3), try row.idIfPresent(4), try row.text(5))
        (text, choice) = (try row.textIfPresent(6), try row.textIfPresent(7))
        media = try row.isNull(8) ? nil : InboundMedia(stored: row.json(8))
        occurredAt = try row.time(9)
    }
}

extension InboundMedia {
    /// Nil for what is no `{link | id, type?, filename?}`.
    fileprivate init?(stored json: JSONValue) {
        guard let reference = json["link"]?.string.map(MediaReference.link) ?? json["id"]?.string.map(MediaReference.id) else { return nil }
        self.init(reference, type: json["type"]?.string, filename: json["filename"]?.string)
    }
}
