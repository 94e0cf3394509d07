package import Core
package import Storage
package import WhatsApp

/// The templates of channels; the only writer of their table.
package struct TemplateStore: Sendable {
    let engine: any SQLEngine
    let clock: WallClock

    package init(engine: any SQLEngine, clock: WallClock = .system) { (self.engine, self.clock) = (engine, clock) }

    /// Makes a template from `{name, language?, category?, header?, body, footer?, buttons?, approval?}`. `approval` is
    /// `approved` unless it says otherwise, because templates are entered once they are approved (claim 36).
    /// - Throws: `InputError`; `notFound` when the account has no such channel; `conflict` when the channel has a
    ///   template of this name and language, so that a repeated call makes no second one.
    package func create(_ json: JSONValue, channel: ChannelID, account: AccountID) async throws -> Template {
        let draft = try TemplateDraft(json: json)
        let now = clock.now()
        return try await engine.write { session in
            guard try session.row(TemplateQueries.channelExists, [.id(channel), .id(account)]) != nil else {
                throw InputError(.notFound, code: "unknown_channel", "There is no channel \(channel).")
            }
            let template = try Template(
                id: Counter("template").next(in: session), accountID: account, channelID: channel, name: draft.name,
                hasNamespace: true, language: draft.language, content: draft.content, approval: draft.approval, createdAt: now,
                updatedAt: now,
                quality: .unknown)
            guard try session.run(TemplateQueries.insert, template.values) == 1 else { throw Self.taken(draft) }
            return template
        }
    }

    /// Takes in what WhatsApp decided. A second call with the same word changes nothing but `updatedAt`.
    /// - Throws: `InputError`, `notFound`.
    package func setApproval(_ id: TemplateID, of account: AccountID, to approval: Template.Approval) async throws -> Template {
        let now = clock.now()
        return try await engine.write { session in
            try session.run(TemplateQueries.setApproval, [.text(approval.rawValue), .time(now), .id(id), .id(account)])
            guard let template = try self.template(id, of: account, in: session) else {
                throw Self.unknown(id)
            }
            return template
        }
    }

    /// The template; nil when the account has none of this id.
    package func template(_ id: TemplateID, of account: AccountID) async throws -> Template? {
        try await engine.read { try template(id, of: account, in: $0) }
    }

    /// The template, in a transaction of the caller's; nil when the account has none of this id.
    package func template(_ id: TemplateID, of account: AccountID, in session: some SQLSession) throws -> Template? {
        try session.row(TemplateQueries.byID, [.id(id), .id(account)]).map(Template.init(row:))
    }

    /// The template, whosever it is: for the sending side.
    package func template(_ id: TemplateID) async throws -> Template? {
        try await engine.read { try $0.row(TemplateQueries.byIDAlone, [.id(id)]).map(Template.init(row:)) }
    }

    /// The template of this name on a channel in one language; nil when there is none.
    package func template(named name: TemplateName, language: String, on channel: ChannelID) async throws -> Template? {
        guard !language.utf8.contains(0) else { return nil }
        return try await engine.read { session in
            try session.row(TemplateQueries.byName, [.id(channel), .text(name.description), .text(language)]).map(Template.init(row:))
        }
    }

    /// The languages in which a channel has a template of this name, sorted.
    package func languages(of name: TemplateName, on channel: ChannelID) async throws -> [String] {
        try await engine.read { session in
            try session.rows(TemplateQueries.languages, [.id(channel), .text(name.description)]).map { try $0.text(0) }
        }
    }

    /// A channel's templates by name and language; none when the account has no such channel.
    package func all(on channel: ChannelID, of account: AccountID) async throws -> [Template] {
        try await engine.read { try $0.rows(TemplateQueries.ofChannel, [.id(channel), .id(account)]).map(Template.init(row:)) }
    }

    private static func taken(_ draft: TemplateDraft) -> InputError {
        InputError(
            .conflict, code: "template_exists", field: "name",
            "The channel has a template \(draft.name) in the language \(draft.language) already.")
    }
}
