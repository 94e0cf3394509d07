import Core
import WhatsApp

extension ProviderCases {
    private static func template(
        _ standing: TemplateStanding? = nil, quality: TemplateQuality? = nil, category: TemplateContent.Category? = nil,
        reason: String? = nil
    ) -> IncomingCase.Expected {
        .events([
            .template(
                TemplateNotice(
                    providerID: GupshupSample.template, name: "order_ready", language: "lt", standing: standing, quality: quality,
                    category: category, reason: reason))
        ])
    }

    private static func channel(_ effect: ChannelNotice.Effect, _ code: String, _ summary: String) -> IncomingCase.Expected {
        .events([.channel(ChannelNotice(effect, code: code, summary: summary, occurredAt: GupshupSample.made))])
    }

    private static func halted(_ summary: String) -> IncomingCase.Expected {
        channel(
            .halt(SendFailure(.haltChannel, code: "gupshup_account_restriction", summary: summary)), "account_restriction", summary)
    }

    private static func preference(
        _ granted: Bool, _ person: WhatsAppPerson = WhatsAppPerson(phone: .ona), at time: Timestamp = GupshupSample.made
    ) -> WebhookEvent {
        .preference(MarketingPreference(person: person, granted: granted, occurredAt: time, evidence: .null))
    }

    static let gupshupNotices: [IncomingCase] = [
        IncomingCase("template-approved", .status, template(.approved)),
        IncomingCase("template-rejected", .status, template(.rejected, reason: "INVALID_FORMAT")),
        IncomingCase(
            "template-paused", .status,
            template(
                .paused,
                reason: "Your WhatsApp message template has been paused for 3 hours until Nov 25 at 1:07 PM UTC because it had issues.")),
        IncomingCase("template-disabled-none", .status, template(.disabled)),
        IncomingCase("template-in-appeal", .status, template(.disabled)),
        IncomingCase("template-category-changed", .status, template(category: .marketing)),
        IncomingCase(
            "template-category-warning", .status, template(reason: "WhatsApp will change the category from UTILITY to MARKETING.")),
        IncomingCase("template-quality", .status, template(quality: .red)),
        IncomingCase("template-flagged", .status, .events([])),
        IncomingCase("template-nameless", .status, .unreadable),
        IncomingCase(
            "account-restricted", .status,
            halted(
                "restrictions: expiration: 1793700000; restrictions: type: RESTRICTED_BIZ_INITIATED_MESSAGING; "
                    + "status: ACCOUNT_RESTRICTED; type: status-event")),
        IncomingCase(
            "account-restricted-nested", .status, halted("restrictions: RESTRICTED_BIZ_INITIATED_MESSAGING; status: ACCOUNT_VIOLATION")),
        IncomingCase(
            "account-restricted-adding", .status,
            channel(
                .note, "account_status",
                "restrictions: expiration: 1793700000; restrictions: type: RESTRICTED_ADD_PHONE_NUMBER_ACTION; "
                    + "status: ACCOUNT_VIOLATION; type: status-event")),
        IncomingCase("account-disabled", .status, halted("status: ACCOUNT_DISABLED; type: status-event")),
        IncomingCase("account-reinstated", .status, channel(.resume, "account_status", "status: ACCOUNT_REINSTATED")),
        IncomingCase("account-verified", .status, channel(.note, "account_status", "status: ACCOUNT_VERIFIED")),
        IncomingCase(
            "account-review", .status,
            channel(.note, "account_review", "reason: DISPLAY_NAME; reviewStatus: REJECTED; type: review-event")),
        IncomingCase(
            "account-tier", .status,
            channel(.note, "limit", "currentLimit: TIER_1K; event: DOWNGRADE; oldLimit: TIER_10K; type: tier-event")),
        IncomingCase(
            "account-capability", .status,
            channel(
                .note, "limit", "maxDailyConversationsPerPhone: 2000; maxPhoneNumbersPerBusiness: 25; type: capability-event")),
        IncomingCase("account-new-kind", .status, channel(.note, "account_notice", "newOwner: true; type: ownership-event")),
        IncomingCase("account-empty", .status, .unreadable),
        IncomingCase(
            "preference-stop", .inbound,
            .events([preference(false, WhatsAppPerson(phone: .ona, userID: GupshupSample.userID), at: GupshupSample.happened)])),
        IncomingCase(
            "preference-resume-and-more", .inbound,
            .events([
                preference(true, at: GupshupSample.happened), .unreadable("It does not say who decided."),
                preference(false, WhatsAppPerson(phone: nil, userID: ScopedUserID("LT.90000000000000000002"))),
            ])),
        IncomingCase("preference-other", .inbound, .events([])),
        IncomingCase("preference-nobody", .inbound, .unreadable),
        IncomingCase("preference-no-list", .inbound, .unreadable),
        IncomingCase("user-opted-in", .inbound, .events([preference(true)])),
        IncomingCase("user-opted-out", .inbound, .events([preference(false)])),
        IncomingCase("user-sandbox-start", .inbound, .events([])),
        IncomingCase("user-opted-out-nobody", .inbound, .unreadable),
    ]
}
