import Core
import Storage
import WhatsApp

extension Template {
    /// In the order that `init(row:)` reads; `values` gives all but the hold.
    private static let settings = """
        id, account_id, channel_id, name, language, content, approval, created_at, updated_at, provider_id, quality, pause, pause_reason, \
        has_namespace
        """
    static let insertColumns = settings
    static let columns = "\(settings), held_at, held_code, held_summary, probe_at"

    init(row: SQLRow) throws {
        guard let approval = Approval(rawValue: try row.text(6)), let quality = TemplateQuality(rawValue: try row.text(10)) else {
            throw StorageError(.mismatch, "template \(try row.integer(0)) has a word that this program does not know")
        }
        (id, accountID, channelID) = (try row.id(0), try row.id(1), try row.id(2))
        (name, language) = (try TemplateName(try row.text(3)), try row.text(4))
        (content, self.approval) = (try TemplateContent(json: try row.json(5)), approval)
        (createdAt, updatedAt) = (try row.time(7), try row.time(8))
        (providerID, self.quality) = (try row.textIfPresent(9), quality)
        (pause, pauseReason) = (try row.textIfPresent(11).flatMap(Pause.init), try row.textIfPresent(12))
        hasNamespace = try row.flag(13)
        hold = try Hold(row: row, at: 14)
    }

    var values: [SQLValue] {
        [
            .id(id), .id(accountID), .id(channelID), .text(name.description), .text(language), .json(content.json),
            .text(approval.rawValue), .time(createdAt), .time(updatedAt), .optional(providerID), .text(quality.rawValue),
            .optional(pause?.rawValue), .optional(pauseReason), .flag(hasNamespace),
        ]
    }

    /// What the provider may change, then the id.
    var standingValues: [SQLValue] {
        [
            .json(content.json), .text(approval.rawValue), .time(updatedAt), .optional(providerID), .text(quality.rawValue),
            .optional(pause?.rawValue), .optional(pauseReason), .id(id),
        ]
    }
}

enum TemplateQueries {
    static let channelExists = Query("template.channel_exists", "SELECT 1 FROM channel WHERE id = $1 AND account_id = $2")
    static let insert = Query(
        "template.insert",
        """
        INSERT INTO template (\(Template.insertColumns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT (channel_id, name, language) DO NOTHING
        """)
    static let setApproval = Query(
        "template.set_approval", "UPDATE template SET approval = $1, updated_at = $2 WHERE id = $3 AND account_id = $4")
    static let saveStanding = Query(
        "template.save_standing",
        """
        UPDATE template SET content = $1, approval = $2, updated_at = $3, provider_id = $4, quality = $5, pause = $6, pause_reason = $7
        WHERE id = $8
        """)
    static let byID = Query("template.by_id", "SELECT \(Template.columns) FROM template WHERE id = $1 AND account_id = $2")
    static let byIDAlone = Query("template.by_id_alone", "SELECT \(Template.columns) FROM template WHERE id = $1")
    static let byName = Query(
        "template.by_name", "SELECT \(Template.columns) FROM template WHERE channel_id = $1 AND name = $2 AND language = $3")
    static let languages = Query(
        "template.languages", "SELECT language FROM template WHERE channel_id = $1 AND name = $2 ORDER BY language")
    static let ofChannel = Query(
        "template.of_channel",
        """
        SELECT \(Template.columns) FROM template WHERE channel_id = $1 AND account_id = $2 ORDER BY name, language
        """)
    static let onChannel = Query(
        "template.on_channel", "SELECT \(Template.columns) FROM template WHERE channel_id = $1 ORDER BY id")

    static let hold = Query(
        "template.hold",
        """
        UPDATE template SET held_at = COALESCE(held_at, $2), held_code = COALESCE(held_code, $3),
            held_summary = COALESCE(held_summary, $4), probe_at = $5
        WHERE id = $1 AND (released_at IS NULL OR released_at < $2)
        """)
    static let probe = Query(
        "template.probe", "UPDATE template SET probe_at = $3 WHERE id = $1 AND held_at IS NOT NULL AND probe_at <= $2")
    static let release = Query(
        "template.release",
        """
        UPDATE template SET held_at = NULL, held_code = NULL, held_summary = NULL, probe_at = NULL, released_at = $2
        WHERE id = $1 AND held_at IS NOT NULL
        """)
}
