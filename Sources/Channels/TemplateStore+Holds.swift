package import Core
package import Storage
package import WhatsApp

// Templates that the provider refuses as such: all their messages would fail alike, so they wait. All of it may be repeated.
extension TemplateStore {
    /// Lets no message of the template out until one that tries is taken, a person lifts it, or the provider says that it
    /// can be sent. What was said before the last release changes nothing.
    package func hold(_ id: TemplateID, for failure: SendFailure, since: Timestamp, at now: Timestamp, in session: some SQLSession) throws {
        try session.run(
            TemplateQueries.hold,
            [.id(id), .time(since), .text(failure.code), .text(failure.summary), .time(now + Hold.probeInterval)])
    }

    /// Takes the right to send one message of a held template, when its time to try has come.
    /// - Returns: false when it has not, when another process took it, or when it is not held.
    package func beginProbe(of id: TemplateID, at now: Timestamp) async throws -> Bool {
        try await engine.write { try $0.run(TemplateQueries.probe, [.id(id), .time(now), .time(now + Hold.probeInterval)]) == 1 }
    }

    /// Lets its messages out again.
    /// - Returns: whether it was held.
    @discardableResult
    package func release(_ id: TemplateID, at now: Timestamp, in session: some SQLSession) throws -> Bool {
        try session.run(TemplateQueries.release, [.id(id), .time(now)]) == 1
    }

    /// The same for a person's wish.
    /// - Throws: `InputError`, `notFound`.
    package func release(_ id: TemplateID, of account: AccountID) async throws -> Template {
        let now = clock.now()
        return try await engine.write { session in
            guard try template(id, of: account, in: session) != nil else { throw Self.unknown(id) }
            try release(id, at: now, in: session)
            guard let template = try template(id, of: account, in: session) else { throw Self.unknown(id) }
            return template
        }
    }

    /// Takes in what a provider tells about a template; it may name one in all its languages. One that is not known here
    /// changes nothing: the next sync brings it.
    /// - Returns: how many templates it was about.
    @discardableResult
    package func note(_ notice: TemplateNotice, on channel: ChannelID, at now: Timestamp, in session: some SQLSession) throws -> Int {
        let templates = try session.rows(TemplateQueries.onChannel, [.id(channel)]).map(Template.init(row:)).filter {
            $0.is(meantBy: notice)
        }
        for before in templates {
            var template = before
            if let standing = notice.standing { template.stand(standing, reason: notice.reason) }
            template.quality = notice.quality ?? template.quality
            template.content.category = notice.category ?? template.content.category
            template.providerID = template.providerID ?? notice.providerID
            try save(template, before: before, at: now, in: session)
        }
        return templates.count
    }

    /// Writes what changed, and lifts the hold with it when the template no longer has one.
    func save(_ template: Template, before: Template, at now: Timestamp, in session: some SQLSession) throws {
        guard template != before else { return }
        var template = template
        template.updatedAt = now
        try session.run(TemplateQueries.saveStanding, template.standingValues)
        if before.hold != nil, template.hold == nil { try release(template.id, at: now, in: session) }
    }

    static func unknown(_ id: TemplateID) -> InputError {
        InputError(.notFound, code: "unknown_template", "There is no template \(id).")
    }
}

extension Template {
    /// By the provider's id where both have one, else by name, and language where it is told.
    fileprivate func `is`(meantBy notice: TemplateNotice) -> Bool {
        if let providerID, let other = notice.providerID, providerID == other { return true }
        guard let name = notice.name, name == self.name.name else { return false }
        return notice.language == nil || notice.language == language
    }
}
