import Core

extension SendingLimits {
    /// `60 messages a second`.
    var paceInWords: String { "\(perSecond.plain) \(perSecond == 1 ? "message" : "messages") a second" }

    /// The other limits, a sentence each.
    var othersInWords: [String] { [requestsInWords, pairInWords, peopleInWords].compactMap(\.self) }

    private var requestsInWords: String? { concurrency.map { "\($0.people("request", "requests")) under way at once" } }

    private var pairInWords: String {
        guard pairInterval > .zero else { return "No limit to one person" }
        let seconds = pairInterval.inSeconds
        let interval = seconds == 1 ? "a second" : "\(seconds.plain) seconds"
        return "To one person \(pairBurst.grouped) at once, then one in \(interval)"
    }

    private var peopleInWords: String {
        guard let dailyPeople else { return "No limit of new people in a day" }
        return "\(dailyPeople.people("new person", "new people")) in 24 hours, shared by the channels of the portfolio “\(portfolio)”"
    }
}

extension Double {
    /// Without a fraction where there is none: `60`, `0.5`.
    fileprivate var plain: String { Int(exactly: self)?.grouped ?? String(self) }
}

extension StatusBadge {
    /// Of a channel.
    init(isHalted: Bool) { self = isHalted ? Self(label: "Halted", tone: "bad") : Self(label: "Open", tone: "good") }

    /// Of a template: where it stands with WhatsApp, as stored.
    init(standing: String) {
        switch standing {
        case "approved": self.init(label: "Approved", tone: "good")
        case "pending": self.init(label: "Pending", tone: "waiting")
        case "rejected": self.init(label: "Rejected", tone: "bad")
        case "paused": self.init(label: "Paused", tone: "waiting")
        case "disabled": self.init(label: "Disabled", tone: "bad")
        case "deleted": self.init(label: "Deleted", tone: "quiet")
        default: self.init(label: standing, tone: "quiet")
        }
    }

    /// Of a template's quality, as stored; the words are WhatsApp's own ("High quality", "Medium quality" …).
    init(quality: String) {
        switch quality {
        case "green": self.init(label: "High", tone: "good")
        case "yellow": self.init(label: "Medium", tone: "waiting")
        case "red": self.init(label: "Low", tone: "bad")
        case "unknown": self.init(label: "Not rated", tone: "quiet")
        default: self.init(label: quality, tone: "quiet")
        }
    }
}

extension TemplateSummary.Place {
    /// What it is, and what fills it.
    var words: String {
        switch self {
        case .variable(let number): "{{\(number)}}"
        case .header("text"): "Header: its variable"
        case .header("location"): "Header: a place"
        case .header(let kind): "Header: a link to the \(kind)"
        case .button(let number, let label): "Button \(number): “\(label)”"
        }
    }
}

/// `vonage` as `Vonage`; one that is not known here as it is.
func providerLabel(_ provider: String) -> String {
    switch provider {
    case "vonage": "Vonage"
    case "meta": "Meta Cloud API"
    case "gupshup": "Gupshup"
    case "gupshup_enterprise": "Gupshup Enterprise"
    case "generic": "Generic"
    default: provider
    }
}

/// `messaging_limit` as `Messaging limit`.
func factLabel(_ name: String) -> String {
    let words = name.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
}
