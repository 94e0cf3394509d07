import Storage

/// How people read and change campaigns.
enum CampaignQueries {
    static let insert = Query(
        "campaign.insert",
        """
        INSERT INTO campaign (id, account_id, created_at, name, name_key, type, status, channel_id, template_id, definition, start_at,
            end_at, finished_at, held_code, held_at, comment, decided_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """)
    static let save = Query(
        "campaign.save",
        """
        UPDATE campaign SET name = $2, name_key = $3, type = $4, status = $5, channel_id = $6, template_id = $7, definition = $8,
            start_at = $9, end_at = $10, finished_at = $11, held_code = $12, held_at = $13, comment = $14, decided_at = $15
        WHERE id = $1
        """)
    static let byID = Query("campaign.by_id", "SELECT \(Campaign.columns) FROM campaign WHERE id = $1 AND account_id = $2")
    static let byIDLocked = Query("campaign.by_id_locked") { sql in
        "SELECT \(Campaign.columns) FROM campaign WHERE id = $1 AND account_id = $2 \(sql.forUpdate)"
    }
    static let byIDAlone = Query("campaign.by_id_alone", "SELECT \(Campaign.columns) FROM campaign WHERE id = $1")
    static let page = Query("campaign.page") { sql in
        """
        SELECT \(Campaign.columns) FROM campaign WHERE account_id = $1 AND id < $2
            AND type IN \(sql.texts("$4")) AND status IN \(sql.texts("$5"))
            AND ($6 = '' OR EXISTS (
                SELECT 1 FROM campaign_label
                WHERE campaign_label.account_id = campaign.account_id AND label = $6 AND campaign_id = campaign.id))
            AND ($7 = '' OR name_key LIKE $7 ESCAPE '\\')
        ORDER BY id DESC LIMIT $3
        """
    }
    static let reopen = Query(
        "campaign.reopen", "UPDATE campaign SET status = 'running', finished_at = NULL WHERE id = $1 AND status = 'completed'")

    static let clearTemplates = Query("campaign_template.clear", "DELETE FROM campaign_template WHERE campaign_id = $1")
    static let addTemplate = Query(
        "campaign_template.add", "INSERT INTO campaign_template (campaign_id, position, template_id) VALUES ($1, $2, $3)")
    static let templates = Query(
        "campaign_template.all", "SELECT template_id FROM campaign_template WHERE campaign_id = $1 ORDER BY position")

    static let clearLabels = Query("campaign_label.clear", "DELETE FROM campaign_label WHERE campaign_id = $1")
    static let addLabel = Query(
        "campaign_label.add", "INSERT INTO campaign_label (account_id, label, campaign_id) VALUES ($1, $2, $3)")
}
