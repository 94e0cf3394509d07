import Dashboard
import HTTPTypes
import HummingbirdTesting
import Testing
import WebSupport

@Suite struct SignInPageTests {
    @Test func `a person signs in, looks and signs out`() async throws {
        try await Site().app.test(.router) { client in
            let browser = Browser(client)
            let answer = try await browser.signIn()
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/campaigns")
            let list = try await browser.get("/campaigns")
            #expect(list.status == .ok)
            #expect(list.text.contains("Acme &amp; Sons") && list.text.contains("ann@example.com"))
            let session = browser.cookie("whimbrel_session")
            let out = try await browser.post("/sign-out")
            #expect(out.headers[.location] == "/sign-in")
            #expect(browser.cookie("whimbrel_session") == nil)
            for isSaid in [true, false] {
                let page = try await browser.get("/sign-in").text
                #expect(page.contains("You are signed out.") == isSaid)
            }
            browser.setCookie("whimbrel_session", session ?? "")
            #expect(try await browser.get("/campaigns").status == .seeOther)
        }
    }

    @Test func `the session's cookie is out of reach of scripts and of other sites`() async throws {
        try await Site().app.test(.router) { client in
            let cookie = try #require(try await Browser(client).signIn().cookie("whimbrel_session"))
            for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1209600"] { #expect(cookie.contains(part)) }
            #expect(!cookie.contains("Secure") && !cookie.contains("Domain"))
        }
    }

    @Test func `behind https the cookie is for https and this host alone`() async throws {
        try await Site(settings: SiteSettings(isSecure: true)).app.test(.router) { client in
            let answer = try await Browser(client).signIn()
            let cookie = try #require(answer.cookie("__Host-whimbrel_session"))
            #expect(cookie.contains("Secure"))
            #expect(answer.headers[.strictTransportSecurity] != nil)
        }
    }

    @Test func `a wrong password and an unknown address get the same answer`() async throws {
        try await Site().app.test(.router) { client in
            let browser = Browser(client)
            _ = try await browser.get("/sign-in")
            let wrong = try await browser.post("/sign-in", ["email": "ann@example.com", "password": "nonsense!!"])
            let unknown = try await browser.post("/sign-in", ["email": "bob@example.com", "password": "nonsense!!"])
            #expect(wrong.status == .unprocessableContent && unknown.status == .unprocessableContent)
            #expect(wrong.text.replacing("ann@", with: "bob@") == unknown.text)
            #expect(wrong.text.contains("is not right"))
            #expect(wrong.text.contains("value=\"ann@example.com\""))
            #expect(!wrong.text.contains("nonsense!!"))
        }
    }

    @Test func `what was typed comes back as text`() async throws {
        try await Site().app.test(.router) { client in
            let browser = Browser(client)
            _ = try await browser.get("/sign-in")
            let answer = try await browser.post("/sign-in", ["email": "\"><script>alert(1)</script>", "password": "x"])
            #expect(!answer.text.contains("<script>alert"))
            #expect(answer.text.contains("value=\"&quot;&gt;&lt;script&gt;"))
        }
    }

    @Test func `too many guesses are told to wait`() async throws {
        try await Site().app.test(.router) { client in
            let browser = Browser(client)
            _ = try await browser.get("/sign-in")
            for _ in 0..<10 { _ = try await browser.post("/sign-in", ["email": "ann@example.com", "password": "guess"]) }
            let answer = try await browser.signIn()
            #expect(answer.status == .tooManyRequests)
            #expect(answer.headers[.retryAfter] == "600")
            #expect(answer.text.contains("Try again in 10 minutes."))
        }
    }

    @Test func `every sign-in has a token of its own and ends the one before it`() async throws {
        try await Site().app.test(.router) { client in
            let browser = Browser(client)
            try await browser.signIn()
            let first = try #require(browser.cookie("whimbrel_session"))
            _ = try await browser.get("/campaigns")
            _ = try await browser.post("/sign-in", ["email": "ann@example.com", "password": Site.password])
            #expect(browser.cookie("whimbrel_session") != first)
            let thief = Browser(client)
            thief.setCookie("whimbrel_session", first)
            #expect(try await thief.get("/campaigns").status == .seeOther)
        }
    }

    @Test(arguments: ["/", "/campaigns", "/campaigns/77", "/campaigns/77/live", "/campaigns/77/stop"])
    func `who is not signed in is led to the sign-in`(path: String) async throws {
        try await Site().app.test(.router) { client in
            let answer = try await Browser(client).get(path)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/sign-in")
        }
    }

    @Test func `and back to the page that was wanted`() async throws {
        try await Site().app.test(.router) { client in
            let browser = Browser(client)
            _ = try await browser.get("/campaigns/77?x=1")
            #expect(try await browser.signIn().headers[.location] == "/campaigns/77")
            #expect(browser.cookie("whimbrel_back") == nil)
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "/%2F%2Fevil.example", "/a//evil", "evil"])
    func `never to another site`(address: String) async throws {
        try await Site().app.test(.router) { client in
            let browser = Browser(client)
            _ = try await browser.get("/sign-in?next=\(address)&return=\(address)&back=\(address)")
            browser.setCookie("whimbrel_back", address)
            let answer = try await browser.post("/sign-in?next=\(address)", ["email": "ann@example.com", "password": Site.password])
            #expect(answer.headers[.location] == "/campaigns")
        }
    }
}
