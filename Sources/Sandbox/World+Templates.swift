import Core

extension WorldState {
    /// The account with this key.
    func account(_ key: String) throws(InputError) -> SandboxAccount {
        guard let account = accounts[key] else {
            throw InputError(.notFound, code: "unknown_account", "there is no account with the key \(key)")
        }
        return account
    }

    mutating func register(_ json: JSONValue, for key: String) throws(InputError) -> Template {
        let account = try account(key)
        let template = try Template(json, id: MessageUUID(random), at: clock.now())
        templates[account.key, default: TemplateBook()].set(template)
        return template
    }

    /// Reads `{name, language?, status, reason?}` and changes what it names: every language without `language`.
    /// - Throws: also when there is no such template.
    mutating func changeTemplate(_ json: JSONValue, of key: String) throws(InputError) -> [Notice] {
        let account = try account(key)
        let members = try json.members(allowing: ["name", "language", "status", "reason"])
        let (name, language) = (try members.text("name", 1...512), try members.optionalText("language", 1...10))
        guard let status = try Template.word(members, "status", of: Template.statuses) else {
            throw InputError(code: "missing_status", field: "status", "status is missing")
        }
        let reason = try members.optionalText("reason", 1...1000)
        let changed = templates[account.key]?.change(name, language: language, to: status) ?? []
        guard !changed.isEmpty else {
            throw InputError(.notFound, code: "unknown_template", field: "name", "the account registered no such template")
        }
        callbacks.open += changed.count
        return changed.map {
            .template(.init(account: key, template: $0, event: status, reason: reason, at: clock.now(), generation: generation))
        }
    }

    /// The newest message of an account to a phone, as a status that says it was read.
    mutating func readNotice(of key: String) throws(InputError) -> Notice {
        guard let message = phones.newestMessage(of: key) else {
            throw InputError(.notFound, code: "unknown_message", "the account sent no message that is still kept")
        }
        return .status(.init(message: message, kind: .read, at: clock.now()))
    }
}
