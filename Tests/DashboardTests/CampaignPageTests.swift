import Core
import Dashboard
import HTTPTypes
import HummingbirdTesting
import Testing
import WebSupport

@Suite struct CampaignPageTests {
    /// Runs `body` as somebody who is signed in.
    func signedIn(_ site: Site, _ body: @Sendable @escaping (Browser) async throws -> Void) async throws {
        try await site.app.test(.router) { client in
            let browser = Browser(client)
            try await browser.signIn()
            try await body(browser)
        }
    }

    @Test func `the list shows a campaign's numbers`() async throws {
        try await signedIn(Site()) { browser in
            let text = try await browser.get("/campaigns").text
            for part in ["href=\"/campaigns/77\"", "Tickets", "One time", "Running", "1,234", "1,100", "700", "15 Jan 2027, 08:00 UTC"] {
                #expect(text.contains(part), "\(part)")
            }
        }
    }

    @Test func `an empty list says what to do next`() async throws {
        try await signedIn(Site(Story([]))) { browser in
            let text = try await browser.get("/campaigns").text
            #expect(text.contains("No campaigns yet") && text.contains("POST /api/v1/campaigns"))
            #expect(!text.contains("<table"))
        }
    }

    @Test func `the list comes in pages of fifty`() async throws {
        let site = try await Site()
        site.story.change { $0.more = 101 }
        try await signedIn(site) { browser in
            var (path, sizes) = ("/campaigns", [Int]())
            while sizes.count < 5 {
                let text = try await browser.get(path).text
                sizes.append(text.matches(of: /href="\/campaigns\/\d+"/).count)
                #expect(!text.contains(" campaigns</p>"))
                #expect(text.contains(">Newest campaigns<") == (sizes.count > 1))
                guard let older = text.firstMatch(of: /href="(\/campaigns\?before=\d+)"[^>]*>Older campaigns/) else { break }
                path = String(older.1)
            }
            #expect(sizes == [50, 50, 1] && path == "/campaigns?before=2")
            #expect(try await browser.get("/campaigns?before=1").text.contains("There are no older campaigns."))
        }
    }

    @Test func `a list that is whole says how many there are`() async throws {
        let site = try await Site()
        site.story.change { $0.more = 50 }
        try await signedIn(site) { browser in
            let text = try await browser.get("/campaigns").text
            #expect(text.contains("50 campaigns</p>") && !text.contains("Older campaigns"))
        }
    }

    @Test(arguments: ["abc", "0", "-1", "", "1&before=2"])
    func `a place in the list that makes no sense is refused`(before: String) async throws {
        try await signedIn(Site()) { browser async throws in
            #expect(try await browser.get("/campaigns?before=\(before)").status == .badRequest)
        }
    }

    @Test func `the page says everything without scripts`() async throws {
        try await signedIn(Site()) { browser in
            let text = try await browser.get("/campaigns/77").text
            for (label, value) in [
                ("Sent", "1,234"), ("Delivered", "1,100"), ("Viewed", "700"), ("Control Group", "200"), ("Replied", "12"),
                ("Errors", "105"), ("Unknown", "3"),
            ] {
                #expect(text.contains("<dt>\(label)</dt><dd><span class=\"tile-value\">\(value)</span>"), "\(label)")
            }
            for part in [
                "1,542 of 2,000 people done", "<noscript><meta http-equiv=\"refresh\"", "Did not opt in to WhatsApp", "No phone number",
                "Refused by the provider (1170)", "Invalid &lt;number&gt;", "WhatsApp could not deliver it", "shop:order_ready",
                "Hi {{1}}, your order is ready.", "Profile.name | default: &quot;there&quot;", "Shop line", "Everyone",
                "href=\"/campaigns/77/stop\"", "<svg class=\"funnel-bar\"",
            ] {
                #expect(text.contains(part), "\(part)")
            }
            #expect(!text.contains("style=") && !text.contains("onclick"))
        }
    }

    @Test func `unknown is not shown when there is none, and a finished page does not reload`() async throws {
        let story = Story([.init(status: "completed", numbers: CampaignNumbers(qualified: 1, sent: 1))], finishedAt: now - .seconds(1000))
        try await signedIn(Site(story)) { browser in
            let text = try await browser.get("/campaigns/77").text
            #expect(!text.contains("<dt>Unknown</dt>"))
            #expect(!text.contains("http-equiv") && !text.contains("data-live=\"/"))
            #expect(!text.contains("Stop campaign"))
            #expect(text.contains("No errors."))
        }
    }

    private static let statuses: [(status: String, words: String, canStop: Bool)] = [
        ("draft", "Draft", false), ("approval_pending", "Approval pending", true), ("rejected", "Rejected", false),
        ("scheduled", "Scheduled", true), ("running", "Running", true), ("held", "Held", true), ("completed", "Completed", false),
        ("stopped", "Stopped", false), ("expired", "Expired", false), ("archived", "Archived", false),
    ]

    @Test(arguments: statuses)
    func `every status has its words, and what may still send can be stopped`(status: String, words: String, canStop: Bool) async throws {
        try await signedIn(Site(Story([.init(status: status, numbers: CampaignNumbers(qualified: 0))]))) { browser in
            #expect(try await browser.get("/campaigns").text.contains(">\(words)</span>"))
            let page = try await browser.get("/campaigns/77").text
            #expect(page.contains(">\(words)</span>") && page.contains("Stop campaign") == canStop)
        }
    }

    @Test func `a missed start is said with what to do about it`() async throws {
        let site = try await Site(Story([.init(status: "held", numbers: CampaignNumbers(qualified: 0))]))
        site.story.change { story in
            story.hold = HoldNote(cause: "start", name: "Tickets", code: "start_missed", words: "", since: now, nextTry: nil)
        }
        try await signedIn(site) { browser in
            let page = try await browser.get("/campaigns/77").text
            #expect(page.contains("Held: its start was missed.") && page.contains("/resume") && !page.contains("Go to the channel"))
        }
    }

    @Test(arguments: ["<script>alert(1)</script>", "\"\u{301} onmouseover=alert(1) x=\"", "<\u{338}img src=x onerror=alert(1)>", "'&lt;"])
    func `a campaign's name is always text`(name: String) async throws {
        try await signedIn(Site(Story([.init(status: "running", numbers: halfway)], name: name))) { browser in
            for path in ["/campaigns", "/campaigns/77", "/campaigns/77/stop"] {
                let text = try await browser.get(path).text
                #expect(!text.unicodeScalars.contains(name.unicodeScalars), "\(path)")
                let rest = text.replacing("&quot;\u{301} onmouseover", with: "").unicodeScalars
                for bad in ["<script>alert", "\"\u{301}", "<\u{338}"] { #expect(!rest.contains(bad.unicodeScalars), "\(path) \(bad)") }
            }
        }
    }

    @Test(arguments: [
        "/campaigns/78", "/campaigns/0", "/campaigns/-1", "/campaigns/x", "/campaigns/99999999999999999999", "/campaigns/78/live",
    ])
    func `what is not there is not found`(path: String) async throws {
        try await signedIn(Site()) { browser in
            let answer = try await browser.get(path)
            #expect(answer.status == .notFound)
        }
    }

    @Test func `another account's campaign is not there`() async throws {
        let site = try await Site()
        site.story.change { $0.account = AccountID(rawValue: 4711) }
        try await signedIn(site) { browser in
            for path in ["/campaigns/77", "/campaigns/77/live"] {
                let answer = try await browser.get(path)
                #expect(answer.status == .notFound)
            }
        }
    }

    @Test func `stopping is asked first and then done`() async throws {
        let site = try await Site()
        try await signedIn(site) { browser in
            let question = try await browser.get("/campaigns/77/stop").text
            #expect(question.contains("Stop this campaign?") && question.contains("method=\"post\" action=\"/campaigns/77/stop\""))
            #expect(site.story.stops == 0)
            let answer = try await browser.post("/campaigns/77/stop")
            #expect(answer.headers[.location] == "/campaigns/77")
            #expect(site.story.stops == 1)
            #expect(try await browser.get("/campaigns/77").text.contains("The campaign is stopped."))
        }
    }

    @Test func `a campaign that has ended meanwhile is told`() async throws {
        let site = try await Site()
        site.story.change { $0.problem = InputError(.conflict, code: "ended", "It has ended.") }
        try await signedIn(site) { browser in
            _ = try await browser.get("/campaigns/77")
            #expect(try await browser.post("/campaigns/77/stop").status == .seeOther)
            #expect(try await browser.get("/campaigns/77").text.contains("had ended already"))
        }
    }

    @Test(arguments: [("admin", true), ("creator", true), ("approver", true), ("member", false), ("agent", false)])
    func `who only looks cannot stop`(role: String, may: Bool) async throws {
        let site = try await Site(role: role)
        try await signedIn(site) { browser in
            let page = try await browser.get("/campaigns/77").text
            #expect(page.contains("Stop campaign") == may)
            let answer = try await browser.post("/campaigns/77/stop")
            #expect(answer.status == (may ? .seeOther : .forbidden))
            #expect(site.story.stops == (may ? 1 : 0))
        }
    }
}

extension Sequence where Element == Unicode.Scalar {
    /// Whether the scalars of `other` stand here in a row. Swift's own `contains` goes by characters.
    fileprivate func contains(_ other: String.UnicodeScalarView) -> Bool {
        let (text, wanted) = (Array(self), Array(other))
        guard text.count >= wanted.count else { return false }
        return (0...(text.count - wanted.count)).contains { text[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
