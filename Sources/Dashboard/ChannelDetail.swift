package import Core

/// A row of the list of channels.
package struct ChannelSummary: Sendable {
    package var id: ChannelID
    package var nickname: String
    /// As stored: `vonage`.
    package var provider: String
    /// With the plus sign.
    package var number: String
    /// Why nothing goes out; nil when it does.
    package var hold: HoldNote?
    package var limits: SendingLimits
    /// Whether campaigns that name no channel use it.
    package var isDefault: Bool
    /// When the list of templates was last read, also in vain.
    package var syncedAt: Timestamp?

    package init(
        id: ChannelID, nickname: String, provider: String, number: String, hold: HoldNote? = nil, limits: SendingLimits,
        isDefault: Bool = false, syncedAt: Timestamp? = nil
    ) {
        (self.id, self.nickname, self.provider, self.number) = (id, nickname, provider, number)
        (self.hold, self.limits, self.isDefault, self.syncedAt) = (hold, limits, isDefault, syncedAt)
    }
}

/// How fast and how wide a channel sends.
package struct SendingLimits: Hashable, Sendable {
    /// Messages a second.
    package var perSecond: Double
    /// Requests under way at once; nil for no limit of the channel's own.
    package var concurrency: Int?
    /// To one person: a message in this time on average, zero for no limit …
    package var pairInterval: Duration
    /// … after so many at once.
    package var pairBurst: Int
    /// New people in any 24 hours, together with the other channels of the portfolio; nil for no limit.
    package var dailyPeople: Int?
    package var portfolio: String

    package init(
        perSecond: Double, concurrency: Int? = nil, pairInterval: Duration, pairBurst: Int, dailyPeople: Int? = nil, portfolio: String
    ) {
        (self.perSecond, self.concurrency) = (perSecond, concurrency)
        (self.pairInterval, self.pairBurst) = (pairInterval, pairBurst)
        (self.dailyPeople, self.portfolio) = (dailyPeople, portfolio)
    }
}

/// Everything that a channel's page says.
package struct ChannelDetail: Sendable {
    package var summary: ChannelSummary
    /// Where messages are posted to.
    package var baseURL: String
    /// Where the provider posts what people write and what becomes of messages. Whoever knows these addresses can pretend
    /// to be a provider that signs nothing, so the page shows them only to those who may change something.
    package var inboundAddress, statusAddress: String
    /// The provider's last word about the number or the account.
    package var notice: String?
    package var noticedAt: Timestamp?
    /// When the provider last said that messages came too fast.
    package var slowedAt: Timestamp?
    package var createdAt: Timestamp
    /// By name and language.
    package var templates: [TemplateSummary]

    package init(
        _ summary: ChannelSummary, baseURL: String, inboundAddress: String, statusAddress: String, notice: String? = nil,
        noticedAt: Timestamp? = nil, slowedAt: Timestamp? = nil, createdAt: Timestamp, templates: [TemplateSummary] = []
    ) {
        (self.summary, self.baseURL, self.createdAt) = (summary, baseURL, createdAt)
        (self.inboundAddress, self.statusAddress) = (inboundAddress, statusAddress)
        (self.notice, self.noticedAt, self.slowedAt) = (notice, noticedAt, slowedAt)
        self.templates = templates
    }
}

/// A template as a channel's page lists it.
package struct TemplateSummary: Sendable {
    /// A place that each message fills with a value of its own.
    package enum Place: Hashable, Sendable {
        /// A variable of the body, from 1.
        case variable(Int)
        /// The header, which takes `text`, `image`, `video`, `document` or `location`.
        case header(kind: String)
        /// The button at this place, from 1.
        case button(Int, label: String)
    }

    package var id: TemplateID
    /// `<namespace>:<name>`
    package var name: String
    package var language: String
    /// `marketing`, `utility`, `authentication`.
    package var category: String
    /// `pending`, `approved`, `rejected`; or why an approved one cannot be sent: `paused`, `disabled`, `deleted`.
    package var standing: String
    /// Why it was paused or rejected, in the provider's words.
    package var reason: String?
    /// How people take it, in WhatsApp's eyes: `green`, `yellow`, `red`, `unknown`.
    package var quality: String
    package var places: [Place]
    /// Set when sends were refused because of the template.
    package var hold: HoldNote?

    package init(
        id: TemplateID, name: String, language: String, category: String, standing: String, reason: String? = nil, quality: String,
        places: [Place] = [], hold: HoldNote? = nil
    ) {
        (self.id, self.name, self.language, self.category) = (id, name, language, category)
        (self.standing, self.reason, self.quality) = (standing, reason, quality)
        (self.places, self.hold) = (places, hold)
    }
}
