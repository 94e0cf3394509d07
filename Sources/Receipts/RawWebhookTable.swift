import Core
import Storage
import WhatsApp

/// The statements on `raw_webhook`.
enum RawWebhookTable {
    static let insert = Query(
        "raw_webhook.insert",
        """
        INSERT INTO raw_webhook (id, account_id, channel_id, kind, body, received_at, state, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7)
        """)

    /// The longest due first, so that rows which were put off come after their turn and not before everybody's.
    static let due = Query(
        "raw_webhook.due",
        """
        SELECT id, account_id, channel_id, kind, body, received_at, tries,
            (SELECT provider FROM channel WHERE channel.id = raw_webhook.channel_id)
        FROM raw_webhook WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT $2
        """)

    /// Takes those of the rows that still wait and that no other process has.
    static let lock = Query("raw_webhook.lock") { sql in
        """
        SELECT id FROM raw_webhook WHERE id IN \(sql.integers("$1")) AND state = 'waiting' AND due_at <= $2
        ORDER BY id \(sql.skipLocked)
        """
    }

    static let settle = Query(
        "raw_webhook.settle", "UPDATE raw_webhook SET state = $1, due_at = $2, tries = $3, note = $4 WHERE id = $5")

    static let deleteOld = Query("raw_webhook.delete_old") { sql in
        """
        DELETE FROM raw_webhook WHERE id IN (
            SELECT id FROM raw_webhook
            WHERE received_at < $1 AND state <> 'waiting' AND (state = 'applied' OR received_at < $3)
            ORDER BY received_at LIMIT $2 \(sql.skipLocked))
        """
    }
}
