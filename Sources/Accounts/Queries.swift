import Storage

/// The statements of this module, which alone writes account, passcode, app_user and sign_in.
enum Queries {
    static let account = Query("account.get", "SELECT id, public_id, name, time_zone FROM account WHERE id = $1")
    static let accounts = Query("account.all", "SELECT id, public_id, name, time_zone FROM account ORDER BY created_at, id")
    static let addAccount = Query(
        "account.add", "INSERT INTO account (id, public_id, name, time_zone, created_at) VALUES ($1, $2, $3, $4, $5)")

    static let liveKeys = Query(
        "passcode.live",
        """
        SELECT a.id, a.public_id, a.name, a.time_zone, p.digest FROM account a
        LEFT JOIN passcode p ON p.account_id = a.id AND p.revoked_at IS NULL
        WHERE a.public_id = $1 ORDER BY p.id
        """)
    static let livePasscodes = Query(
        "passcode.count", "SELECT COUNT(*) FROM passcode WHERE account_id = $1 AND revoked_at IS NULL")
    static let addPasscode = Query(
        "passcode.add", "INSERT INTO passcode (id, account_id, label, digest, created_at) VALUES ($1, $2, $3, $4, $5)")
    static let revokePasscode = Query(
        "passcode.revoke", "UPDATE passcode SET revoked_at = $3 WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL")

    static let addUser = Query(
        "user.add",
        "INSERT INTO app_user (id, account_id, email, password_hash, role, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
    static let userByEmail = Query(
        "user.by_email", "SELECT id, account_id, password_hash FROM app_user WHERE email = $1")

    static let addSignIn = Query(
        "sign_in.add",
        """
        INSERT INTO sign_in (token_digest, account_id, user_id, form_token, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)
    static let signIn = Query(
        "sign_in.get",
        """
        SELECT a.id, a.public_id, a.name, a.time_zone, u.id, u.email, u.role, s.form_token FROM sign_in s
        JOIN account a ON a.id = s.account_id JOIN app_user u ON u.id = s.user_id AND u.account_id = s.account_id
        WHERE s.token_digest = $1 AND s.expires_at > $2
        """)
    static let removeSignIn = Query("sign_in.remove", "DELETE FROM sign_in WHERE token_digest = $1")
    static let removeExpired = Query("sign_in.expire", "DELETE FROM sign_in WHERE expires_at <= $1")
}
