extension ReasonText {
    /// Vonage's codes (developer.vonage.com/api-errors/messages) and Meta's (Cloud API error codes) that come often and mean
    /// one thing. Vonage uses 1110 and 1150 for two things each, so they are not here.
    static let vendors: [String: (String, String?)] = [
        "vonage_undeliverable": noDelivery,
        "vonage_rejected": ("Refused by the provider", "Look at the message in the provider's own log."),
        "vonage_1160": ("A trial account may not write to this number", "Add the number to the trial's list, or upgrade the account."),
        "vonage_1170": badNumber,
        "vonage_1190": badNumber,
        "vonage_1250": badNumber,
        "vonage_1260": badNumber,
        "vonage_1430": badNumber,
        "vonage_1210": spam,
        "vonage_1280": spam,
        "vonage_1050": ("The number is barred at the provider", "Leave it so, or ask the provider why."),
        "vonage_1240": optedOut,
        "vonage_1300": notOnWhatsApp,
        "vonage_1310": ("The phone cannot receive this kind of message", "Nothing needs mending."),
        "vonage_1330": ("The provider does not know what happened", "Ask the provider if it happens often."),
        "vonage_1340": outsideWindow,
        "vonage_1360": ("The phone was not online in time", "Nothing needs mending; the next campaign may reach it."),
        "meta_0": badToken,
        "meta_190": badToken,
        "meta_131005": ("A permission is missing at Meta", "Give the access token's user the right to send from this number."),
        "meta_131031": ("WhatsApp locked the account", "Its business settings say why."),
        "meta_131042": ("Something is wrong with the payment at WhatsApp", "Mend it in the business settings."),
        "meta_131048": ("WhatsApp limits the number because people blocked or reported it", "Let it rest, and write to fewer people."),
        "meta_130472": (
            "WhatsApp leaves this person out of marketing messages for an experiment", "Nothing can be done; do not send it again."
        ),
        "meta_130497": ("WhatsApp does not let you write to this country", "Leave these people out of the audience."),
        "meta_131021": ("The number is the sender's own", "Take the sending number out of the profiles."),
        "meta_131026": notOnWhatsApp,
        "meta_131030": ("A test number may not write to this number", "Add it to the test number's list at Meta."),
        "meta_131047": outsideWindow,
        "meta_131049": (
            "WhatsApp held it back: this person had enough marketing lately", "Write to them less often, and not before tomorrow."
        ),
        "meta_131050": optedOut,
        "meta_131051": ("WhatsApp does not take this kind of message", "Use another template."),
        "meta_132000": wrongVariables,
        "meta_132012": wrongVariables,
        "meta_132005": ("The text with its variables is too long", "Shorten the property that fills the variable."),
        "meta_132018": wrongVariables,
    ]

    static let spam: (String, String?) = ("Held back as spam", "Send less often, and only to people who expect it.")
    static let badNumber: (String, String?) = ("The number is not in service", "Correct the number of these people.")
    private static let badToken: (String, String?) = (
        "The access token has run out or was withdrawn", "Enter a new one for the channel; sending then goes on."
    )
    static let notOnWhatsApp: (String, String?) = (
        "The number cannot be reached on WhatsApp", "The person has no WhatsApp, an old version of it, or blocked you."
    )
    static let optedOut: (String, String?) = (
        "They stopped messages from you", "Leave it so unless they ask to hear from you again."
    )
    static let outsideWindow: (String, String?) = (
        "More than a day since they last wrote", "Only an approved template may be sent now; check that it is still approved."
    )
    static let wrongVariables: (String, String?) = (
        "The variables do not fit the template", "Compare the template with what WhatsApp approved."
    )
}
