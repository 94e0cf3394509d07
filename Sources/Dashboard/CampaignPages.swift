package import Core

/// What the campaign pages need from the stages. The composition root fills it.
package struct CampaignPages: Sendable {
    /// Up to `limit` of an account's campaigns, newest first: those older than `before`, or the newest of all.
    package var list: List
    /// One campaign; nil when the account has none with this id.
    package var detail: @Sendable (AccountID, CampaignID) async throws -> CampaignDetail?
    /// Its numbers; nil as above.
    package var stats: @Sendable (AccountID, CampaignID) async throws -> CampaignNumbers?
    /// Stops it for good. Throws `InputError` of kind `conflict` when it has ended already.
    package var stop: @Sendable (AccountID, CampaignID) async throws -> Void

    package typealias List = @Sendable (_ account: AccountID, _ before: CampaignID?, _ limit: Int) async throws -> [CampaignSummary]

    package init(
        list: @escaping List,
        detail: @escaping @Sendable (AccountID, CampaignID) async throws -> CampaignDetail?,
        stats: @escaping @Sendable (AccountID, CampaignID) async throws -> CampaignNumbers?,
        stop: @escaping @Sendable (AccountID, CampaignID) async throws -> Void
    ) {
        (self.list, self.detail, self.stats, self.stop) = (list, detail, stats, stop)
    }
}

/// A row of the campaign list.
package struct CampaignSummary: Sendable {
    package var id: CampaignID
    package var name: String
    /// As stored: `one_time`.
    package var type: String
    /// `draft`, `scheduled`, `running`, `held` (it runs, but nothing goes out), `completed`, `stopped`.
    package var status: String
    package var start: Timestamp?
    package var sent, delivered, viewed, replied, errors: Int

    package init(
        id: CampaignID, name: String, type: String, status: String, start: Timestamp?, sent: Int = 0, delivered: Int = 0,
        viewed: Int = 0, replied: Int = 0, errors: Int = 0
    ) {
        (self.id, self.name, self.type, self.status, self.start) = (id, name, type, status, start)
        (self.sent, self.delivered, self.viewed, self.replied, self.errors) = (sent, delivered, viewed, replied, errors)
    }
}

/// Everything that a campaign's page says besides its numbers.
package struct CampaignDetail: Sendable {
    package var id: CampaignID
    package var name: String
    /// As stored, like `status`.
    package var type: String
    package var status: String
    /// Why nothing goes out, while `status` is `held`.
    package var hold: HoldNote?
    /// The channel's nickname.
    package var channel: String
    package var template: TemplateText
    /// Who gets it, in words: "Everyone", "People who did Charged in the last 30 days".
    package var audience: String
    /// When it is to start.
    package var start: Timestamp?
    package var startedAt, finishedAt: Timestamp?
    package var createdAt: Timestamp

    package init(
        id: CampaignID, name: String, type: String, status: String, channel: String, template: TemplateText, audience: String,
        start: Timestamp? = nil, startedAt: Timestamp? = nil, finishedAt: Timestamp? = nil, createdAt: Timestamp, hold: HoldNote? = nil
    ) {
        self.hold = hold
        (self.id, self.name, self.type, self.status, self.channel) = (id, name, type, status, channel)
        (self.template, self.audience, self.createdAt) = (template, audience, createdAt)
        (self.start, self.startedAt, self.finishedAt) = (start, startedAt, finishedAt)
    }
}

/// Why a running campaign, a channel or a template sends nothing for now.
package struct HoldNote: Sendable {
    /// `channel`, `template` or `start`.
    package var cause: String
    /// The channel's nickname or the template's name.
    package var name: String
    /// A failure's code, or `template_paused` and the like.
    package var code: String
    /// The provider's words; may be empty.
    package var words: String
    package var since: Timestamp?
    /// When one message tries again; nil when it waits for the provider or a person.
    package var nextTry: Timestamp?
    /// The channel whose page says more; nil for no link to it.
    package var channel: ChannelID?

    package init(
        cause: String, name: String, code: String, words: String, since: Timestamp?, nextTry: Timestamp?, channel: ChannelID? = nil
    ) {
        (self.cause, self.name, self.code, self.words) = (cause, name, code, words)
        (self.since, self.nextTry, self.channel) = (since, nextTry, channel)
    }
}

/// A template as a reader sees it.
package struct TemplateText: Sendable {
    /// `<namespace>:<name>`
    package var name: String
    package var language: String
    package var header: String?
    package var body: String
    package var footer: String?
    /// Their labels.
    package var buttons: [String]
    package var variables: [Variable]

    /// What fills a place of the template.
    package struct Variable: Sendable {
        /// `{{1}}`, `Header`, `Button 1`.
        package var key: String
        /// As it was written in the campaign.
        package var value: String

        package init(key: String, value: String) { (self.key, self.value) = (key, value) }
    }

    package init(
        name: String, language: String, header: String? = nil, body: String, footer: String? = nil, buttons: [String] = [],
        variables: [Variable] = []
    ) {
        (self.name, self.language, self.variables) = (name, language, variables)
        (self.header, self.body, self.footer, self.buttons) = (header, body, footer, buttons)
    }
}

/// A campaign's numbers. Once nothing waits any more, `qualified = sent + controlGroup + errors + unknown`.
package struct CampaignNumbers: Hashable, Sendable {
    /// One reason and how many people it is about.
    package struct Reason: Hashable, Sendable {
        /// As stored.
        package var code: String
        package var count: Int
        /// What the provider says about it, where there is a text.
        package var words: String?

        package init(code: String, count: Int, words: String? = nil) { (self.code, self.count, self.words) = (code, count, words) }
    }

    package var qualified, sent, delivered, viewed, controlGroup, replied, errors, unknown, deliveryErrors: Int
    /// They add up to `errors`.
    package var errorReasons: [Reason]
    /// They add up to `deliveryErrors`.
    package var deliveryErrorReasons: [Reason]

    package init(
        qualified: Int = 0, sent: Int = 0, delivered: Int = 0, viewed: Int = 0, controlGroup: Int = 0, replied: Int = 0,
        errors: Int = 0, unknown: Int = 0, deliveryErrors: Int = 0, errorReasons: [Reason] = [], deliveryErrorReasons: [Reason] = []
    ) {
        (self.qualified, self.sent, self.delivered, self.viewed) = (qualified, sent, delivered, viewed)
        (self.controlGroup, self.replied, self.errors, self.unknown) = (controlGroup, replied, errors, unknown)
        self.deliveryErrors = deliveryErrors
        (self.errorReasons, self.deliveryErrorReasons) = (errorReasons, deliveryErrorReasons)
    }

    /// Planned, but not decided yet; never below zero.
    package var waiting: Int { max(0, qualified - sent - controlGroup - errors - unknown) }
}
