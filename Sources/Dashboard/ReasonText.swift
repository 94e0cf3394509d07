/// Why a message did not go out or did not arrive, in people's words and with the way to mend it.
struct ReasonText: Sendable {
    let title: String
    /// Nil when nothing general can be said.
    let advice: String?

    /// Codes of the ledger and of providers (`http_503`, `vonage_1170`, `meta_131026`, `gupshup_1002`); one that has no words
    /// here is shown as it is.
    init(code: String) {
        if let known = Self.known[code] ?? Self.limits[code] ?? Self.vendors[code] ?? Self.gateways[code] {
            (title, advice) = known
        } else if code.hasPrefix("http_") {
            title = "The provider answered with an error (\(code))"
            advice = "Look at the channel's address and credentials, and at the provider's status."
        } else {
            (title, advice) = (Self.title(ofVendor: code), "Look this code up in the provider's list of errors.")
        }
    }

    private static func title(ofVendor code: String) -> String {
        let vendors = [
            ("rejected:", "Refused by the provider"), ("vonage_", "Vonage refused it"), ("meta_", "WhatsApp refused it"),
            ("gupshup_", "Gupshup refused it"), ("enterprise_", "The gateway refused it"), ("generic_", "The provider refused it"),
        ]
        guard let (prefix, words) = vendors.first(where: { code.hasPrefix($0.0) }) else { return "The provider reported: \(code)" }
        return "\(words) (\(code.dropFirst(prefix.count)))"
    }

    private static let known: [String: (String, String?)] = [
        "not_opted_in": (
            "Did not opt in to WhatsApp",
            "They get nothing until they agree to it. Record their consent with MSG-whatsapp: true in an upload."
        ),
        "no_phone": (
            "No phone number", "Upload a number with its country code for these people, such as +14155551234."
        ),
        "number_blocked": (
            "The number is blocked for messages", "Leave it so unless the person asks to hear from you again."
        ),
        "unreachable": (
            "Nobody can be reached at the number on WhatsApp",
            "The provider showed it with earlier messages. Upload another number if the person has one."
        ),
        "marketing_paused": (
            "WhatsApp holds marketing back from this person for now", "Nothing needs mending; a later campaign may reach them."
        ),
        "no_address": ("There is neither a number nor an id to write to", "Upload a number with its country code for these people."),
        "missing_variable": (
            "A variable of the template had no value", "Give the variable a default, or upload the property for these people."
        ),
        "invalid_value": (
            "A variable's value cannot be sent",
            "WhatsApp takes no line breaks, tabs or long runs of spaces in a variable. Mend the property."
        ),
        "liquid_aborted": (
            "A variable's Liquid left this person out", "It reached an abort tag. Nothing needs mending if that was meant."
        ),
        "liquid_timeout": (
            "A variable's Liquid took too long", "Make the variable simpler: fewer or shorter loops, shorter texts."
        ),
        "invalid_content": (
            "The message breaks one of WhatsApp's rules",
            "Mend the value that fills the template: it is too long, or has not the right form."
        ),
        "unsupported_kind": (
            "The provider cannot send this kind of message", "Use another template, or a channel at another provider."
        ),
        "template_not_synced": (
            "The provider's own id of the template is not known yet", "Sync the templates on the channel's page."
        ),
        "duplicate_number": (
            "Another person with the same number got it", "Each number gets a campaign once. Nothing needs mending."
        ),
        "campaign_stopped": (
            "The campaign was stopped before their turn", "Clone the campaign to reach them."
        ),
        "written_off": (
            "No answer came, and it was written off", "It may have gone out; a receipt that still comes counts it as sent."
        ),
        "phone_changed": ("The number changed meanwhile", "The next campaign goes to the new number."),
        "profile_gone": ("The person was deleted meanwhile", "Nothing needs mending."),
        "gave_up": (
            "Given up after several tries", "The provider did not take the messages. Check the channel and the provider's status."
        ),
        "undeliverable": noDelivery,
        "not_reached": ("The provider could not be reached", "Check the channel's address and this server's way to the network."),
        "no_answer": (
            "The provider did not answer", "It may have arrived nevertheless. A receipt settles it; it is not sent again by itself."
        ),
        "stopped": (
            "This server ended before the answer came",
            "It may have arrived nevertheless. A receipt settles it; it is not sent again by itself."
        ),
        "unreadable_answer": (
            "The provider's answer could not be read",
            "It may have arrived nevertheless. A receipt settles it; it is not sent again by itself."
        ),
        "unfit_answer": (
            "The provider's answer could not be read", "Check that the channel's address is the provider's and not another server's."
        ),
        "rate_limited": ("The provider wanted it slower", "Lower the channel's pace, or ask the provider for a higher one."),
        "redirected": ("The channel's address leads elsewhere", "Set the provider's own address as the channel's base_url."),
        "no_credentials": ("The channel has no credentials", "Enter the provider's credentials for this channel."),
        "template_gone": ("The template no longer exists", "Make the template again and clone the campaign."),
        "unknown_provider": (
            "This version does not know the channel's provider", "Make a channel with a provider that this version has."
        ),
        "endless_list": ("The provider's list of templates does not end", "Ask the provider; until then enter templates one by one."),
        "storage": (
            "The database could not be read at that moment", "Look into the server's log; the disk or the database had a fault."
        ),
    ]

    static let noDelivery: (String, String?) = (
        "WhatsApp could not deliver it", "Most often the number has no WhatsApp account, or has not been online for days."
    )
}
