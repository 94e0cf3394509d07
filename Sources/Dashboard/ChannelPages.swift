package import Core

/// What the channel pages need from the stages. The composition root fills it. Nothing in it holds a credential.
package struct ChannelPages: Sendable {
    /// All of an account's channels, oldest first.
    package var list: @Sendable (AccountID) async throws -> [ChannelSummary]
    /// One channel; nil when the account has none with this id.
    package var detail: @Sendable (AccountID, ChannelID) async throws -> ChannelDetail?
    /// Lets a halted channel send again. A second call changes nothing. Throws `InputError` of kind `notFound`.
    package var resume: @Sendable (AccountID, ChannelID) async throws -> Void
    /// The same for a held template of the channel.
    package var resumeTemplate: @Sendable (AccountID, ChannelID, TemplateID) async throws -> Void
    /// Asks the provider whether the credentials work; nothing is sent. Throws `InputError` of kind `notFound`.
    package var check: @Sendable (AccountID, ChannelID) async throws -> ConnectionCheck
    /// Takes over the provider's list of templates. Throws `InputError` of kind `notFound`.
    package var sync: @Sendable (AccountID, ChannelID) async throws -> TemplateSyncResult

    package init(
        list: @escaping @Sendable (AccountID) async throws -> [ChannelSummary],
        detail: @escaping @Sendable (AccountID, ChannelID) async throws -> ChannelDetail?,
        resume: @escaping @Sendable (AccountID, ChannelID) async throws -> Void,
        resumeTemplate: @escaping @Sendable (AccountID, ChannelID, TemplateID) async throws -> Void,
        check: @escaping @Sendable (AccountID, ChannelID) async throws -> ConnectionCheck,
        sync: @escaping @Sendable (AccountID, ChannelID) async throws -> TemplateSyncResult
    ) {
        (self.list, self.detail, self.resume, self.resumeTemplate) = (list, detail, resume, resumeTemplate)
        (self.check, self.sync) = (check, sync)
    }
}

/// What a provider said when it was asked whether the credentials work.
package enum ConnectionCheck: Sendable {
    /// They do. `facts` is what it tells about the number, by name: `messaging_limit`.
    case connected(facts: [String: String])
    case failed(ProviderRefusal, facts: [String: String])
    /// This provider has no call for it.
    case notOffered
}

/// What became of reading a provider's list of templates.
package enum TemplateSyncResult: Sendable {
    case done(TemplateSyncReport)
    case failed(ProviderRefusal)
    /// The provider has no list, or the credentials do not reach it.
    case notOffered
}

/// Why a provider did not answer as it was asked to.
package struct ProviderRefusal: Sendable {
    /// A failure's code: `meta_190`.
    package var code: String
    /// The provider's words, without secrets; may be empty.
    package var words: String

    package init(code: String, words: String) { (self.code, self.words) = (code, words) }
}

/// What taking over a list of templates changed.
package struct TemplateSyncReport: Sendable {
    package struct Change: Sendable {
        /// `<namespace>:<name>`
        package var name: String
        package var language: String
        /// What is different: `standing: pending → approved`.
        package var words: [String]

        package init(name: String, language: String, words: [String]) { (self.name, self.language, self.words) = (name, language, words) }
    }

    package var added, changed, gone: [Change]
    /// In the list, but of a kind that is not taken, each with its reason.
    package var skipped: [String]
    package var unchanged: Int

    package init(added: [Change] = [], changed: [Change] = [], gone: [Change] = [], skipped: [String] = [], unchanged: Int = 0) {
        (self.added, self.changed, self.gone) = (added, changed, gone)
        (self.skipped, self.unchanged) = (skipped, unchanged)
    }
}
