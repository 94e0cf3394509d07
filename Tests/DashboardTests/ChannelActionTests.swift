import Core
import Dashboard
import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@Suite struct ChannelActionTests {
    static let actions = ["resume", "check", "sync", "templates/9/resume"]

    @Test func `a halted channel is let go, and the page says so once it is`() async throws {
        let site = try await Site(lines: Lines([.halted]))
        try await site.signedIn { browser in
            let page = try await browser.get("/channels/5").text
            for part in [
                "Halted: nothing goes out over this channel.", "Session has expired", "<code class=\"code\">meta_190</code>",
                "Enter a new one for the channel", "One message tries again at", "action=\"/channels/5/resume\"",
            ] {
                #expect(page.contains(part), "\(part)")
            }
            let after = try await browser.press("/channels/5/resume").text
            #expect(after.contains("Messages go out again.") && after.contains("id=\"result\""))
            #expect(site.lines.pressed == ["resume 5"])
        }
    }

    @Test func `a held template is let go`() async throws {
        let site = try await Site(lines: Lines([.shop.with(templates: [.held])]))
        try await site.signedIn { browser in
            let page = try await browser.get("/channels/5").text
            for part in [
                "Held: the template shop:ticket (en_GB) cannot be sent.", "Template does not exist", "href=\"#held-9\">Held",
                "id=\"held-9\"", "action=\"/channels/5/templates/9/resume\"", "sync the channel&#39;s templates",
            ] {
                #expect(page.contains(part), "\(part)")
            }
            #expect(try await browser.press("/channels/5/templates/9/resume").text.contains("The template is sent again."))
            #expect(site.lines.pressed == ["resume 5 9"])
        }
    }

    static let checks: [(check: ConnectionCheck, parts: [String])] = [
        (
            .connected(facts: ["messaging_limit": "TIER_<1K>", "quality": "GREEN"]),
            ["result-good", "Connected", "<dt>Messaging limit</dt><dd dir=\"auto\">TIER_&lt;1K&gt;</dd>", "<dt>Quality</dt>"]
        ),
        (
            .failed(ProviderRefusal(code: "meta_190", words: "Session <expired>"), facts: [:]),
            [
                "result-bad", "Not connected: The access token has run out or was withdrawn.",
                "<q dir=\"auto\">Session &lt;expired&gt;</q>",
                "<code class=\"code\">meta_190</code>",
            ]
        ),
        (.failed(ProviderRefusal(code: "no_answer", words: ""), facts: [:]), ["result-bad", "The provider did not answer."]),
        (.notOffered, ["result-plain", "The connection could not be checked."]),
    ]

    @Test(arguments: checks.indices)
    func `a check's result is shown`(index: Int) async throws {
        let site = try await Site()
        site.lines.change { $0.check = Self.checks[index].check }
        try await site.signedIn { browser in
            let text = try await browser.press("/channels/5/check").text
            for part in Self.checks[index].parts { #expect(text.contains(part), "\(part)") }
            #expect(site.lines.pressed == ["check 5"])
        }
    }

    @Test func `a sync says what was added, changed, lost, skipped and left`() async throws {
        let report = TemplateSyncReport(
            added: [.init(name: "meta:new", language: "lt", words: ["pending"])],
            changed: [.init(name: "meta:old", language: "en", words: ["standing: pending → approved", "text"])],
            gone: [.init(name: "meta:lost", language: "en", words: [])], skipped: ["wheel (en): a carousel"], unchanged: 1234)
        let site = try await Site()
        site.lines.change { $0.sync = .done(report) }
        try await site.signedIn { browser in
            let text = try await browser.press("/channels/5/sync").text
            for part in [
                "The templates were read.<", "1,234 templates are unchanged.", "Added: 1", "<bdi>meta:new (lt)</bdi>: <bdi>pending</bdi>",
                "Changed: 1", "<bdi>meta:old (en)</bdi>: <bdi>standing: pending → approved, text</bdi>", "Gone at the provider: 1",
                "<bdi>meta:lost (en)</bdi></li>", "Skipped, because they cannot be sent from here: 1", "wheel (en): a carousel",
            ] {
                #expect(text.contains(part), "\(part)")
            }
        }
    }

    @Test func `a long list is cut, and says so`() async throws {
        let added = (1...1203).map { TemplateSyncReport.Change(name: "shop:t\($0)", language: "en", words: []) }
        let site = try await Site()
        site.lines.change { $0.sync = .done(TemplateSyncReport(added: added)) }
        try await site.signedIn { browser in
            let text = try await browser.press("/channels/5/sync").text
            #expect(text.contains("Added: 1,203") && text.contains("and 1,103 more"))
            #expect(text.contains("shop:t100 ") && !text.contains("shop:t101 "))
        }
    }

    @Test(arguments: [
        (TemplateSyncResult.done(TemplateSyncReport(unchanged: 1)), "Nothing has changed."),
        (.done(TemplateSyncReport(unchanged: 1)), "1 template is unchanged."),
        (
            .failed(ProviderRefusal(code: "http_503", words: "")),
            "The templates were not read: The provider answered with an error (http_503)."
        ),
        (.notOffered, "There is no list of templates to read."),
    ])
    func `a sync that brought nothing says why`(result: TemplateSyncResult, words: String) async throws {
        let site = try await Site()
        site.lines.change { $0.sync = result }
        try await site.signedIn { browser async throws in
            #expect(try await browser.press("/channels/5/sync").text.contains(words))
        }
    }

    @Test(arguments: [("admin", true), ("creator", true), ("approver", true), ("member", false), ("agent", false)])
    func `who only looks has no buttons and does not see the secret addresses`(role: String, may: Bool) async throws {
        let site = try await Site(lines: Lines([.halted.with(templates: [.held])]), role: role)
        try await site.signedIn { browser in
            let page = try await browser.get("/channels/5").text
            for part in ["Send again", "Check the connection", "Sync templates", "/hooks/a1b2/", "action=\"/channels/5"] {
                #expect(page.contains(part) == may, "\(part)")
            }
            #expect(page.contains("Session has expired") && page.contains("Template does not exist"))
            for action in Self.actions {
                #expect(try await browser.post("/channels/5/\(action)").status == (may ? .seeOther : .forbidden), "\(action)")
            }
            #expect(site.lines.pressed.count == (may ? Self.actions.count : 0))
        }
    }

    @Test(arguments: actions)
    func `a button without the form's token does nothing`(action: String) async throws {
        let site = try await Site(lines: Lines([.halted]))
        try await site.signedIn { browser async throws in
            for token in ["", "0", String(repeating: "0", count: 64)] {
                #expect(try await browser.post("/channels/5/\(action)", ["form_token": token]).status == .forbidden)
            }
            _ = try await browser.get("/channels/5")
            #expect(try await browser.post("/channels/5/\(action)", headers: [.origin: "https://evil.example"]).status == .forbidden)
            #expect(try await browser.get("/channels/5/\(action)").status == .methodNotAllowed)
            #expect(site.lines.pressed.isEmpty)
        }
    }

    @Test(arguments: ["x", "0", "-9"])
    func `a template that cannot be is not found`(id: String) async throws {
        let site = try await Site()
        try await site.signedIn { browser async throws in
            _ = try await browser.get("/channels/5")
            #expect(try await browser.post("/channels/5/templates/\(id)/resume").status == .notFound)
            #expect(site.lines.pressed.isEmpty)
        }
    }
}
