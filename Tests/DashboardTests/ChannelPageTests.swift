import Core
import Dashboard
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite struct ChannelPageTests {
    @Test func `the list shows each channel with its limits in words`() async throws {
        try await Site().signedIn { browser in
            let text = try await browser.get("/channels").text
            for part in [
                "href=\"/channels/5\"", "Shop line", "Vonage", "+14155551234", "badge-good\">Open", ">Default<", "60 messages a second",
                "20 requests under way at once", "To one person 10 at once, then one in 6 seconds", "2,000 new people in 24 hours",
                "datetime=\"2027-01-15T08:00:00Z\"", "<table aria-label=\"Channels\">", "1 channel</p>",
            ] {
                #expect(text.contains(part), "\(part)")
            }
        }
    }

    @Test func `a halted channel says so in the list, with the reason`() async throws {
        try await Site(lines: Lines([.halted])).signedIn { browser in
            let text = try await browser.get("/channels").text
            #expect(text.contains("badge-bad\">Halted") && !text.contains(">Open<"))
            #expect(text.contains("The access token has run out or was withdrawn <code class=\"code\">meta_190</code>"))
        }
    }

    @Test func `an empty list says what to do next`() async throws {
        try await Site(lines: Lines([])).signedIn { browser in
            let text = try await browser.get("/channels").text
            #expect(text.contains("No channels yet") && text.contains("POST /api/v1/channels") && !text.contains("<table"))
            for field in ["nickname", "provider", "number", "credentials"] { #expect(text.contains("\"\(field)\":"), "\(field)") }
        }
    }

    @Test(arguments: [
        (SendingLimits(perSecond: 0.5, pairInterval: .zero, pairBurst: 1, portfolio: "p"), "0.5 messages a second"),
        (SendingLimits(perSecond: 1, pairInterval: .zero, pairBurst: 1, portfolio: "p"), "1 message a second"),
        (SendingLimits(perSecond: 10_000, pairInterval: .zero, pairBurst: 1, portfolio: "p"), "10,000 messages a second"),
        (SendingLimits(perSecond: 1, pairInterval: .zero, pairBurst: 1, portfolio: "p"), "No limit to one person"),
        (SendingLimits(perSecond: 1, pairInterval: .seconds(1), pairBurst: 1, portfolio: "p"), "1 at once, then one in a second"),
        (
            SendingLimits(perSecond: 1, pairInterval: .milliseconds(1500), pairBurst: 3, portfolio: "p"),
            "3 at once, then one in 1.5 seconds"
        ),
        (SendingLimits(perSecond: 1, pairInterval: .zero, pairBurst: 1, portfolio: "p"), "No limit of new people in a day"),
        (SendingLimits(perSecond: 1, pairInterval: .zero, pairBurst: 1, dailyPeople: 1, portfolio: "<b>"), "1 new person in 24 hours"),
        (SendingLimits(perSecond: 1, pairInterval: .zero, pairBurst: 1, dailyPeople: 1, portfolio: "<b>"), "“&lt;b&gt;”"),
    ])
    func `limits are said in words`(limits: SendingLimits, words: String) async throws {
        var channel = ChannelDetail.shop
        channel.summary.limits = limits
        try await Site(lines: Lines([channel])).signedIn { browser async throws in
            for path in ["/channels", "/channels/5"] { #expect(try await browser.get(path).text.contains(words), "\(path)") }
        }
    }

    @Test func `the page says everything without scripts`() async throws {
        try await Site().signedIn { browser in
            let text = try await browser.get("/channels/5").text
            for part in [
                "<h1 dir=\"auto\">Shop line</h1>", "badge-good\">Open", "value=\"https://shop.example/hooks/a1b2/inbound\" readonly",
                "value=\"https://shop.example/hooks/a1b2/status\" readonly", "quality_flagged: The quality fell to medium.",
                "https://api.nexmo.com", "60 messages a second", "action=\"/channels/5/check\"", "action=\"/channels/5/sync\"",
                "Told to slow down", "shop:ticket", "en_GB", "Utility", "badge-good\">Approved", "badge-good\">High", "{{1}}",
                "Header: a link to the image", "Button 2: “Track”", "1 template</p>", "href=\"/channels\" aria-current=\"page\"",
            ] {
                #expect(text.contains(part), "\(part)")
            }
            for part in ["Send again", "style=", "onclick", "id=\"result\""] { #expect(!text.contains(part), "\(part)") }
        }
    }

    @Test func `a channel without templates says how to get some`() async throws {
        try await Site(lines: Lines([.shop.with(templates: [])])).signedIn { browser in
            let text = try await browser.get("/channels/5").text
            #expect(text.contains("No templates yet") && text.contains("POST /api/v1/channels/5/templates") && !text.contains("<table"))
        }
    }

    @Test(arguments: [
        ("pending", "waiting", "Pending"), ("rejected", "bad", "Rejected"), ("paused", "waiting", "Paused"),
        ("disabled", "bad", "Disabled"), ("deleted", "quiet", "Deleted"),
    ])
    func `a template's standing is a word, with its reason`(standing: String, tone: String, label: String) async throws {
        let template = TemplateSummary.ticket.with(standing: standing, reason: "Too <many> complaints")
        try await Site(lines: Lines([.shop.with(templates: [template])])).signedIn { browser in
            let text = try await browser.get("/channels/5").text
            #expect(text.contains("badge-\(tone)\">\(label)<") && text.contains("Too &lt;many&gt; complaints"))
            #expect(!text.contains(">Approved<") && text.contains(">nothing<"))
        }
    }

    @Test(arguments: [("green", "good", "High"), ("yellow", "waiting", "Medium"), ("red", "bad", "Low"), ("unknown", "quiet", "Not rated")])
    func `quality is a word and a colour`(quality: String, tone: String, label: String) async throws {
        let template = TemplateSummary.ticket.with(standing: "approved", quality: quality)
        try await Site(lines: Lines([.shop.with(templates: [template])])).signedIn { browser async throws in
            #expect(try await browser.get("/channels/5").text.contains("badge-\(tone)\">\(label)<"))
        }
    }

    @Test(arguments: ["<script>alert(1)</script>", "\" onmouseover=alert(1) x=\"", "'&lt;"])
    func `what others named is always text`(name: String) async throws {
        var (template, channel) = (TemplateSummary.held, ChannelDetail.halted)
        (template.name, template.language, template.reason, template.places) = (name, name, name, [.button(1, label: name)])
        let hold = HoldNote(cause: "template", name: name, code: name, words: name, since: now, nextTry: nil)
        (template.hold, channel.summary.hold) = (hold, hold)
        (channel.notice, channel.baseURL, channel.inboundAddress) = (name, name, name)
        let lines = Lines([channel.with(nickname: name, templates: [template])])
        let change = TemplateSyncReport.Change(name: name, language: name, words: [name])
        lines.change { $0.sync = .done(TemplateSyncReport(added: [change], changed: [change], gone: [change], skipped: [name])) }
        try await Site(lines: lines).signedIn { browser in
            let result = try await browser.press("/channels/5/sync").text
            for text in [try await browser.get("/channels").text, try await browser.get("/channels/5").text, result] {
                #expect(!text.contains(name) && text.contains(name.first == "'" ? "&#39;&amp;lt;" : "alert(1)"))
            }
        }
    }

    @Test(arguments: ["/channels/6", "/channels/0", "/channels/-5", "/channels/x", "/channels/99999999999999999999"])
    func `what is not there is not found`(path: String) async throws {
        try await Site().signedIn { browser async throws in
            #expect(try await browser.get(path).status == .notFound)
            for action in ["resume", "check", "sync", "templates/9/resume"] {
                _ = try await browser.get("/channels")
                #expect(try await browser.post("\(path)/\(action)").status == .notFound, "\(action)")
            }
        }
    }

    @Test func `another account's channel is not there`() async throws {
        let site = try await Site()
        site.lines.change { $0.account = AccountID(rawValue: 4711) }
        try await site.signedIn { browser async throws in
            #expect(try await browser.get("/channels").text.contains("No channels yet"))
            #expect(try await browser.get("/channels/5").status == .notFound)
            #expect(try await browser.post("/channels/5/check").status == .notFound)
            #expect(site.lines.pressed.isEmpty)
        }
    }

    @Test(arguments: ["/channels", "/channels/5"])
    func `who is not signed in is led to the sign-in`(path: String) async throws {
        try await Site().app.test(.router) { client in
            let answer = try await Browser(client).get(path)
            #expect(answer.status == .seeOther && answer.headers[.location] == "/sign-in")
        }
    }

    @Test func `a held campaign leads to its channel`() async throws {
        let note = HoldNote(
            cause: "channel", name: "Shop line", code: "meta_190", words: "", since: now, nextTry: nil, channel: ChannelID(rawValue: 5))
        for (hold, isThere) in [(note, true), (nil, false)] {
            let site = try await Site(Story([.init(status: "held", numbers: halfway)]))
            site.story.change { $0.hold = hold }
            try await site.signedIn { browser async throws in
                #expect(try await browser.get("/campaigns/77").text.contains("href=\"/channels/5\"") == isThere)
            }
        }
    }
}
