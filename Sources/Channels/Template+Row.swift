import Core
import Storage
import WhatsApp

extension Template {
    /// In the order that `init(row:)` reads and `values` gives.
    static let columns = "id, account_id, channel_id, name, language, content, approval, created_at, updated_at"

    init(row: SQLRow) throws {
        guard let approval = Approval(rawValue: try row.text(6)) else {
            throw StorageError(.mismatch, "the approval of template \(try row.integer(0)) is a word that this program does not know")
        }
        (id, accountID, channelID) = (try row.id(0), try row.id(1), try row.id(2))
        (name, language) = (try TemplateName(try row.text(3)), try row.text(4))
        (content, self.approval) = (try TemplateContent(json: try row.json(5)), approval)
        (createdAt, updatedAt) = (try row.time(7), try row.time(8))
    }

    var values: [SQLValue] {
        [
            .id(id), .id(accountID), .id(channelID), .text(name.description), .text(language), .json(content.json),
            .text(approval.rawValue), .time(createdAt), .time(updatedAt),
        ]
    }
}

enum TemplateQueries {
    static let channelExists = Query("template.channel_exists", "SELECT 1 FROM channel WHERE id = $1 AND account_id = $2")
    static let insert = Query(
        "template.insert",
        """
        INSERT INTO template (\(Template.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (channel_id, name, language) DO NOTHING
        """)
    static let setApproval = Query(
        "template.set_approval", "UPDATE template SET approval = $1, updated_at = $2 WHERE id = $3 AND account_id = $4")
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
}
