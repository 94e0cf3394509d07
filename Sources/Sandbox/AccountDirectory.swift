import Core

/// The accounts, by key and by what they send in `Authorization`.
struct AccountDirectory: Sendable {
    private var accounts: [String: SandboxAccount] = [:]
    private var keysByToken: [String: String] = [:]

    init(_ accounts: [SandboxAccount]) {
        for account in accounts { set(account) }
    }

    subscript(key: String) -> SandboxAccount? { accounts[key] }

    /// By key.
    var all: [SandboxAccount] { accounts.values.sorted { $0.key < $1.key } }

    /// Creates the account, or replaces the one with its key; the old secret then no longer works.
    mutating func set(_ account: SandboxAccount) {
        if let old = accounts[account.key] { keysByToken[Self.token(of: old)] = nil }
        accounts[account.key] = account
        keysByToken[Self.token(of: account)] = account.key
    }

    /// Whose header this is; nil when nobody's. The encoded form is compared as it stands, which saves decoding it
    /// for every request; secrets of a sandbox need no constant time.
    func account(authorization header: String?) -> SandboxAccount? {
        guard let parts = header?.split(separator: " ", maxSplits: 1), parts.count == 2, parts[0].lowercased() == "basic",
            let key = keysByToken[String(parts[1])]
        else { return nil }
        return accounts[key]
    }

    private static func token(of account: SandboxAccount) -> String { Base64.encode("\(account.key):\(account.secret)".utf8) }
}
