import Core
import Storage

extension AccountStore {
    /// Makes the first account, its passcode and its admin, all or nothing. Nil when there is an account: nothing is
    /// touched then, whatever is wished. Of two processes that start together one makes it, the other gets nil.
    /// - Throws: `InputError` with the field when a wish breaks a rule of `CredentialRules`.
    package func bootstrap(_ wish: FirstAccount) async throws -> Bootstrap? {
        guard try await engine.read({ try $0.rows(Queries.accounts).isEmpty }) else { return nil }
        let values = try checked(wish)
        let hash = try await hashing.hash(values.password.text)
        let (userID, now): (UserID, Timestamp) = (ids.next(), clock.now())
        let made = try await engine.write { session -> Account? in
            // The counter's row stays locked until the end, so whoever comes second sees the account of the first.
            let id: AccountID = try Counter("account").next(in: session)
            guard try session.rows(Queries.accounts).isEmpty else { return nil }
            let account = Account(id: id, publicID: values.id.text, name: wish.name, timeZone: wish.timeZone)
            try session.run(
                Queries.addAccount, [.id(id), .text(account.publicID), .text(wish.name), .text(wish.timeZone), .time(now)])
            try session.run(Queries.addPasscode, passcodeRow(values.passcode.text, label: "First passcode", account: id).values)
            try session.run(
                Queries.addUser,
                [.id(userID), .id(id), .text(values.email.text), .text(hash), .text(User.Role.admin.rawValue), .time(now)])
            return account
        }
        emptyCache()
        return made.map {
            Bootstrap(
                account: $0, accountID: values.id, passcode: values.passcode, adminEmail: values.email, adminPassword: values.password)
        }
    }

    private func checked(_ wish: FirstAccount) throws -> Wishes {
        let wishes = Wishes(
            id: value(wish.accountID, else: random.readable(groups: 3, of: 4)),
            passcode: value(wish.passcode, else: random.readable(groups: 5)),
            email: value(wish.adminEmail.map(CredentialRules.normalizedEmail), else: "admin@localhost"),
            password: value(wish.adminPassword, else: random.readable(groups: 4)))
        try CredentialRules.checkAccountID(wishes.id.text)
        try CredentialRules.checkPasscode(wishes.passcode.text)
        try CredentialRules.checkEmail(wishes.email.text)
        try CredentialRules.checkPassword(wishes.password.text, email: wishes.email.text)
        return wishes
    }

    private func value(_ wish: String?, else text: String) -> Bootstrap.Value {
        Bootstrap.Value(text: wish ?? text, isGenerated: wish == nil)
    }
}

private struct Wishes: Sendable {
    let id, passcode, email, password: Bootstrap.Value
}
