package import Core
package import Storage
package import WhatsApp

/// The channels; the only writer of their table.
package struct ChannelStore: Sendable {
    let engine: any SQLEngine
    private let rules: ChannelRules
    private let seal: CredentialSeal
    let clock: WallClock
    private let random: Randomness

    /// - Parameter allowsPrivateAddresses: whether a channel's address may be on this machine or a private network.
    package init(
        engine: any SQLEngine, providers: ProviderList, key: SecretKey, allowsPrivateAddresses: Bool = true, clock: WallClock = .system,
        random: Randomness = .system
    ) {
        (self.engine, self.clock, self.random) = (engine, clock, random)
        rules = ChannelRules(providers: providers, allowsPrivateAddresses: allowsPrivateAddresses)
        seal = CredentialSeal(key)
    }

    /// Makes a channel from `{nickname, provider, number, credentials, base_url?, per_second?, limits?, is_default?}`. The
    /// first channel of an account becomes its default one; a later one that asks for it takes its place.
    /// - Throws: `InputError`; `conflict` when the nickname is taken, so that a repeated call makes no second channel.
    package func create(_ json: JSONValue, for account: AccountID) async throws -> Channel {
        try await create(rules.draft(json), for: account)
    }

    /// Changes a channel by the same members, each optional; the provider stays. New credentials are laid over the old
    /// ones by name. A change of credentials or address lifts a halt: whoever made it wants to try.
    /// - Throws: `InputError`; `notFound`; `conflict` when the nickname is another's.
    package func change(_ id: ChannelID, of account: AccountID, by json: JSONValue) async throws -> Channel {
        let (seal, rules, now) = (seal, rules, clock.now())
        return try await engine.write { session in
            guard let row = try session.row(ChannelQueries.byIDOfAccount, [.id(id), .id(account)]) else { throw Self.unknown(id) }
            let channel = try Channel(row: row, credentials: seal.open(row.blob(6), of: id))
            let draft = try rules.changed(channel, by: json)
            let owner = try session.row(ChannelQueries.byNickname, [.id(account), .text(draft.nickname)])
            guard try owner == nil || owner?.id(0) == id else { throw Self.nicknameTaken(draft.nickname) }
            if draft.isDefault { try session.run(ChannelQueries.clearDefault, [.id(account)]) }
            try session.run(
                ChannelQueries.update,
                [
                    .id(id), .id(account), .text(draft.nickname), .text(draft.number.digits), .text(draft.baseURL),
                    .blob(seal.seal(draft.credentials, of: id)), .flag(draft.isDefault),
                ] + draft.limits.values)
            if draft.credentials != channel.line.credentials || draft.baseURL != channel.baseURL {
                try session.run(ChannelQueries.release, [.id(id), .time(now)])
            }
            guard let changed = try session.row(ChannelQueries.byID, [.id(id)]) else { throw Self.unknown(id) }
            return try Channel(row: changed, credentials: draft.credentials)
        }
    }

    /// The same from a draft that was read and checked before.
    package func create(_ draft: ChannelDraft, for account: AccountID) async throws -> Channel {
        let (seal, token, now) = (seal, random.token(), clock.now())
        return try await engine.write { session in
            // The counter's row stays locked, so two channels of an account are never made at the same moment.
            let id: ChannelID = try Counter("channel").next(in: session)
            let isDefault = try session.row(ChannelQueries.defaultOf, [.id(account)]) == nil || draft.isDefault
            let channel = Channel(draft, id: id, account: account, hookToken: token, isDefault: isDefault, createdAt: now)
            if isDefault { try session.run(ChannelQueries.clearDefault, [.id(account)]) }
            let isNew = try session.run(ChannelQueries.insert, channel.values(sealed: seal.seal(draft.credentials, of: id))) == 1
            guard isNew else { throw Self.nicknameTaken(draft.nickname) }
            return channel
        }
    }

    /// The channel of this account; nil when there is none.
    package func channel(_ id: ChannelID, of account: AccountID) async throws -> Channel? {
        try await first(ChannelQueries.byIDOfAccount, [.id(id), .id(account)])
    }

    /// The channel, whosever it is: for the sending side.
    package func channel(_ id: ChannelID) async throws -> Channel? { try await first(ChannelQueries.byID, [.id(id)]) }

    /// The channel whose callback addresses hold this token.
    package func channel(hookToken: String) async throws -> Channel? {
        guard !hookToken.utf8.contains(0) else { return nil }
        return try await first(ChannelQueries.byHookToken, [.text(hookToken)])
    }

    /// The channel that campaigns use which name none; nil while the account has no channel.
    package func `default`(of account: AccountID) async throws -> Channel? {
        try await first(ChannelQueries.defaultOf, [.id(account)])
    }

    /// Every account's channels, oldest first.
    package func all() async throws -> [Channel] {
        try await engine.read { try $0.rows(ChannelQueries.all, []) }.map(channel(from:))
    }

    /// All channels of an account, oldest first.
    package func all(of account: AccountID) async throws -> [Channel] {
        try await engine.read { try $0.rows(ChannelQueries.ofAccount, [.id(account)]) }.map(channel(from:))
    }

    private func first(_ query: Query, _ values: [SQLValue]) async throws -> Channel? {
        try await engine.read { try $0.row(query, values) }.map(channel(from:))
    }

    private func channel(from row: SQLRow) throws -> Channel {
        try Channel(row: row, credentials: seal.open(row.blob(6), of: row.id(0)))
    }

    static func unknown(_ id: ChannelID) -> InputError {
        InputError(.notFound, code: "unknown_channel", "There is no channel \(id).")
    }

    private static func nicknameTaken(_ nickname: String) -> InputError {
        InputError(.conflict, code: "nickname_taken", field: "nickname", "There is a channel with the nickname \(nickname) already.")
    }
}
