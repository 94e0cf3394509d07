import Core
import WhatsApp

private func preference(_ granted: Bool, _ person: WhatsAppPerson) -> WebhookEvent {
    .preference(
        MarketingPreference(person: person, granted: granted, occurredAt: Timestamp(seconds: 1_790_000_030), evidence: .null))
}

private func template(
    _ standing: TemplateStanding? = nil, quality: TemplateQuality? = nil, category: TemplateContent.Category? = nil,
    reason: String? = nil
) -> WebhookEvent {
    .template(
        TemplateNotice(
            providerID: "594425479261596", name: "order_ready", language: "lt", standing: standing, quality: quality,
            category: category, reason: reason))
}

private func note(_ code: String, _ summary: String, at seconds: Int64? = 1_790_000_040) -> WebhookEvent {
    .channel(ChannelNotice(.note, code: code, summary: summary, occurredAt: seconds.map { Timestamp(seconds: $0) }))
}

private func halt(_ code: String, failure: String? = nil, _ summary: String, at seconds: Int64 = 1_790_000_040) -> WebhookEvent {
    let failure = SendFailure(.haltChannel, code: failure ?? "meta_" + code, summary: summary)
    return .channel(ChannelNotice(.halt(failure), code: code, summary: summary, occurredAt: Timestamp(seconds: seconds)))
}

private func row(_ fixture: String, _ events: WebhookEvent...) -> IncomingCase { IncomingCase(fixture, .status, .events(events)) }

extension MetaCases {
    static let notices: [IncomingCase] = preferences + ofTemplates + ofAccounts + problems

    private static let preferences: [IncomingCase] = [
        row("preference-stop", preference(false, WhatsAppPerson(phone: .ona, userID: .metaOna, name: "Ona"))),
        row("preference-resume", preference(true, WhatsAppPerson(phone: .ona, name: "Ona"))),
        row("preference-signup", preference(true, WhatsAppPerson(phone: nil, userID: .metaOna))),
        IncomingCase("preference-unknown-value", .status, .unreadable),
        IncomingCase("preference-nobody", .status, .unreadable),
        row("preference-other-category"),
        row("preference-other-number"),
    ]

    private static let ofTemplates: [IncomingCase] = [
        row("template-approved", template(.approved, category: .utility)),
        row("template-rejected", template(.rejected, reason: "INCORRECT_CATEGORY; The text sells something.; Ask for marketing.")),
        row("template-paused", template(.paused, reason: "FIRST_PAUSE; Paused for three hours for its quality.")),
        row("template-disabled", template(.disabled)),
        row("template-flagged", template(reason: "FLAGGED")),
        row("template-other-account"),
        IncomingCase("template-unnamed", .status, .unreadable),
        row("template-category", template(category: .marketing)),
        row("template-category-warning", template(category: .utility, reason: "Meta holds MARKETING for the right category.")),
        row("template-quality", template(quality: .yellow)),
        row("field-not-kept"),
        row(
            "template-new-text",
            .template(
                TemplateNotice(providerID: "594425479261596", name: "order_ready", language: "lt", hasNewText: true))),
    ]

    private static let ofAccounts: [IncomingCase] = [
        row("account-restriction", halt("account_restriction", "ACCOUNT_RESTRICTION; RESTRICTED_BIZ_INITIATED_MESSAGING")),
        row("account-banned", halt("disabled_update", "DISABLED_UPDATE; DISABLE")),
        row("account-ban-planned", note("disabled_update", "DISABLED_UPDATE; SCHEDULE_FOR_DISABLE")),
        row(
            "account-reinstated",
            .channel(
                ChannelNotice(
                    .resume, code: "disabled_update", summary: "DISABLED_UPDATE; REINSTATE",
                    occurredAt: Timestamp(seconds: 1_790_000_040)))),
        row("account-deleted", halt("account_deleted", "ACCOUNT_DELETED")),
        row("account-violation", note("account_violation", "ACCOUNT_VIOLATION; SPAM")),
        IncomingCase("account-without-event", .status, .unreadable),
        row("account-of-other-number"),
        row("quality-flagged", note("quality_flagged", "FLAGGED; limit TIER_1K")),
        row("quality-upgrade", note("quality_throughput_upgrade", "THROUGHPUT_UPGRADE")),
        row("quality-other-number"),
        row("capability", note("limit", "max_daily_conversations_per_business 2000; max_phone_numbers_per_business 25")),
    ]

    private static let problems: [IncomingCase] = [
        row(
            "problem-halt",
            halt(
                "meta_131031", failure: "meta_131031", "Account has been locked; The account was locked for a policy violation.",
                at: 1_790_000_011)),
        row("problem-note", note("meta_130429", "Rate limit hit", at: nil)),
        row("problem-without-code", note("meta_error", "Something", at: nil)),
    ]
}
