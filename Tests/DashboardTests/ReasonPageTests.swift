import Core
import Dashboard
import HummingbirdTesting
import Testing

@Suite struct ReasonPageTests {
    static let rows: [(code: String, title: String)] = [
        ("phone_changed", "The number changed meanwhile"), ("not_reached", "The provider could not be reached"),
        ("no_answer", "The provider did not answer"), ("template_gone", "The template no longer exists"),
        ("unknown_provider", "This version does not know the channel&#39;s provider"),
        ("storage", "The database could not be read at that moment"), ("rate_limited", "The provider wanted it slower"),
        ("redirected", "The channel&#39;s address leads elsewhere"), ("no_credentials", "The channel has no credentials"),
        ("unreadable_answer", "The provider&#39;s answer could not be read"), ("stopped", "This server ended before the answer came"),
        ("unfit_answer", "The provider&#39;s answer could not be read"),
        ("http_503", "The provider answered with an error (http_503)"), ("vonage_1300", "The number cannot be reached on WhatsApp"),
        ("vonage_1150", "Vonage refused it (1150)"), ("meta_131050", "They stopped messages from you"),
        ("meta_133010", "WhatsApp refused it (133010)"), ("vonage_undeliverable", "WhatsApp could not deliver it"),
        ("unreachable", "Nobody can be reached at the number on WhatsApp"),
        ("marketing_paused", "WhatsApp holds marketing back from this person for now"),
        ("no_address", "There is neither a number nor an id to write to"),
        ("invalid_content", "The message breaks one of WhatsApp&#39;s rules"),
        ("liquid_aborted", "A variable&#39;s Liquid left this person out"),
        ("liquid_timeout", "A variable&#39;s Liquid took too long"),
        ("unsupported_kind", "The provider cannot send this kind of message"),
        ("template_not_synced", "The provider&#39;s own id of the template is not known yet"),
        ("gupshup_1002", "The number cannot be reached on WhatsApp"), ("gupshup_1012", "They stopped messages from you"),
        ("gupshup_1008", "Gupshup refused it (1008)"), ("enterprise_105", "The number is not in service"),
        ("enterprise_999", "The gateway refused it (999)"), ("enterprise_failed", "The gateway could not deliver it"),
        ("generic_1003", "The number is not in service"), ("generic_1500", "The provider refused it (1500)"),
        ("meta_190", "The access token has run out or was withdrawn"), ("odd_code", "The provider reported: odd_code"),
    ]

    @Test func `every reason is said in words beside its code`() async throws {
        let reasons = Self.rows.map { CampaignNumbers.Reason(code: $0.code, count: 1) }
        let numbers = CampaignNumbers(qualified: reasons.count, errors: reasons.count, errorReasons: reasons)
        try await Site(Story([.init(status: "running", numbers: numbers)])).app.test(.router) { client in
            let browser = Browser(client)
            try await browser.signIn()
            let text = try await browser.get("/campaigns/77").text
            for row in Self.rows { #expect(text.contains("\(row.title) <code class=\"code\">\(row.code)</code>"), "\(row.code)") }
        }
    }
}
