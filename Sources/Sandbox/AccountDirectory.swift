import Core

/// The accounts, by key and by what their requests show.
struct AccountDirectory: Sendable {
    private var accounts: [String: SandboxAccount] = [:]
    private var keysByMark: [String: String] = [:]

    init(_ accounts: [SandboxAccount]) {
        for account in accounts { set(account) }
    }

    subscript(key: String) -> SandboxAccount? { accounts[key] }

    /// By key.
    var all: [SandboxAccount] { accounts.values.sorted { $0.key < $1.key } }

    /// Creates the account, or replaces the one with its key; the old credentials then no longer work.
    mutating func set(_ account: SandboxAccount) {
        for mark in accounts[account.key]?.credentials.marks ?? [] where keysByMark[mark] == account.key { keysByMark[mark] = nil }
        accounts[account.key] = account
        for mark in account.credentials.marks { keysByMark[mark] = account.key }
    }

    /// The account with this mark among those of its credentials; of several the newest.
    func account(marked mark: String) -> SandboxAccount? { keysByMark[mark].flatMap { accounts[$0] } }
}
