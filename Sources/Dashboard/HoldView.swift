/// The box that says why a campaign, a channel or a template sends nothing for now, and what to do about it.
struct HoldView: Sendable {
    let title: String
    let advice: String
    let words: String?
    let code: String
    let since: TimeText?
    let nextTry: TimeText?
    /// The page that says more; nil on that page itself.
    let channelAddress: String?

    /// Of a campaign, and of a template on its channel's page.
    init(_ note: HoldNote, channelAddress: String?) {
        let isChannel = note.cause == "channel"
        let title =
            switch note.cause {
            case "channel": "Held: the channel \(note.name) is halted."
            case "start": "Held: its start was missed."
            default: "Held: the template \(note.name) cannot be sent."
            }
        self.init(note, title: title, isChannel: isChannel, channelAddress: channelAddress)
    }

    /// Of a channel, on its own page.
    init(channel note: HoldNote) {
        self.init(note, title: "Halted: nothing goes out over this channel.", isChannel: true, channelAddress: nil)
    }

    private init(_ note: HoldNote, title: String, isChannel: Bool, channelAddress: String?) {
        (self.title, self.channelAddress) = (title, channelAddress)
        advice = Self.advice[note.code] ?? (isChannel ? Self.channelAdvice : Self.templateAdvice)
        words = note.words.isEmpty ? nil : note.words
        code = note.code
        (since, nextTry) = (note.since.map(TimeText.init), note.nextTry.map(TimeText.init))
    }

    private static let channelAdvice = """
        The provider refuses everything on this channel. Mend what it complains of; new credentials are entered with \
        POST /api/v1/channels/{id}. Everybody who is left stays planned.
        """
    private static let templateAdvice = """
        The provider refuses this template for everybody. Compare it with what WhatsApp approved, or sync the channel's \
        templates. Everybody who is left stays planned.
        """
    private static let advice = [
        "start_missed": """
        Whimbrel was not running when it was to begin, and came back too late. Nobody has been written to. Begin it now with \
        POST /api/v1/campaigns/{id}/resume, or stop it.
        """,
        "too_many_people": """
        More people fit than its safety limit allows. Nobody has been written to. Look at whom it is for, raise the limit with \
        POST /api/v1/campaigns/{id} or clone it, then begin it with POST /api/v1/campaigns/{id}/resume.
        """,
        "clock_jumped": """
        The machine's clock jumped over the time at which it was to begin. Nobody has been written to. See that the clock is right, \
        then begin it with POST /api/v1/campaigns/{id}/resume, or stop it.
        """,
        "template_paused": "WhatsApp paused it for its quality and takes it up again by itself. Everybody who is left stays planned.",
        "template_disabled": "WhatsApp switched it off for good. Stop the campaign and clone it with another template.",
        "template_deleted": "It is no longer at the provider. Stop the campaign and clone it with another template.",
        "template_rejected": "WhatsApp rejected it. Stop the campaign and clone it with another template.",
        "template_pending": "WhatsApp has not approved it yet. The campaign goes on when it has.",
        "template_not_synced": "The provider's own id of it is not known yet: sync the channel's templates.",
        "meta_190": "The access token has run out or was withdrawn. Enter a new one for the channel; sending then goes on.",
        "meta_131042": "Something is wrong with the payment at WhatsApp. Mend it in the business settings; sending then goes on.",
        "meta_131048": "WhatsApp limits the number because people blocked or reported it. Let it rest, and write to fewer people.",
        "meta_131031": "WhatsApp locked the account. Its business settings say why.",
        "gupshup_1003": "The wallet at Gupshup is used up. Top it up; sending then goes on.",
        "redirected": "The channel's address leads elsewhere. Set the provider's own address as the channel's base_url.",
        "no_credentials": "Credentials are missing. Enter them for the channel; sending then goes on.",
    ]
}
