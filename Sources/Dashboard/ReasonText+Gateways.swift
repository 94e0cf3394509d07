extension ReasonText {
    /// Codes of Gupshup ("Error and status messages"), of its enterprise gateway, and of the contract with a generic provider
    /// that mean one thing. Gupshup's 1004 to 1008 stand for several things, so only those that are plain are here.
    static let gateways: [String: (String, String?)] = [
        "gupshup_470": outsideWindow,
        "gupshup_471": spam,
        "gupshup_1001": ("Gupshup does not know the app", "Check the channel's app name, app id and API key."),
        "gupshup_1002": notOnWhatsApp,
        "gupshup_1003": ("The wallet at Gupshup is used up", "Top it up; sending then goes on."),
        "gupshup_1009": wrongVariables,
        "gupshup_1010": badFile,
        "gupshup_1011": ("The file is too large", "Use a smaller file."),
        "gupshup_1012": optedOut,
        "gupshup_4001": ("Gupshup asked to stop sending for a while", "Lower the channel's pace, or ask Gupshup for a higher one."),
        "gupshup_4003": ("No approved template has this text", "Sync the channel's templates."),
        "gupshup_4005": ("WhatsApp paused the template", "It is taken up again by itself."),
        "gupshup_invalid_destination": badNumber,
        "gupshup_invalid_app_details": ("Gupshup does not know the app", "Check the channel's app name, app id and API key."),
        "gupshup_authentication_failed": wrongCredentials,
        "gupshup_account_restriction": ("WhatsApp restricts the account", "Its business settings say why."),
        "gupshup_failed": ("Gupshup could not deliver it and did not say why", "Look at the message in Gupshup's own log."),
        "enterprise_101": wrongCredentials,
        "enterprise_102": wrongCredentials,
        "enterprise_105": badNumber,
        "enterprise_106": ("The gateway does not offer this to the account", "Ask Gupshup to switch it on."),
        "enterprise_error": ("The gateway refused it", "Look at the message in the gateway's own log."),
        "enterprise_failed": ("The gateway could not deliver it", "Look at the message in the gateway's own log."),
        "generic_1000": wrongCredentials,
        "generic_1001": wrongVariables,
        "generic_1002": badNumber,
        "generic_1003": badNumber,
        "generic_1004": ("Too many messages to this number at once", "Write to them less often."),
        "generic_1005": ("The provider was not available for a while", "Nothing needs mending; the next campaign may reach them."),
        "generic_1006": ("The provider keeps the number on its block list", "Leave it so, or ask the provider why."),
        "generic_1007": ("The phone cannot receive this kind of message", "Nothing needs mending."),
        "generic_1008": outsideWindow,
        "generic_1009": ("The provider could not deliver it", "Ask the provider if it happens often."),
        "generic_1010": ("WhatsApp held it back", "Write to these people less often, and not before tomorrow."),
        "generic_2000": wrongCredentials,
        "generic_2001": wrongVariables,
        "generic_2002": badNumber,
        "generic_2003": optedOut,
        "generic_2004": ("The provider refused it", "Ask the provider if it happens often."),
        "generic_failed": ("The provider refused it", "Ask the provider if it happens often."),
    ]

    private static let wrongCredentials: (String, String?) = (
        "The provider does not take the channel's credentials", "Enter the right ones for the channel; sending then goes on."
    )
    private static let badFile: (String, String?) = (
        "The file could not be fetched", "Its address must be public, begin with https and lead to a file of the right type."
    )
}
