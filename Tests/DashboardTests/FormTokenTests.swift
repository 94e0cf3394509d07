import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing
import WebSupport

@Suite struct FormTokenTests {
    static let foreign: [HTTPFields] = [
        [.origin: "https://evil.example"],
        [.origin: "null"],
        [.origin: "http://localhost:8081"],
        [.origin: "http://localhost.evil.example"],
        [.secFetchSite: "cross-site"],
        [.secFetchSite: "same-site"],
        [.secFetchSite: "cross-site", .origin: "http://localhost"],
    ]

    @Test(arguments: foreign)
    func `a form from another site is refused, also with the right token`(headers: HTTPFields) async throws {
        let site = try await Site()
        try await site.app.test(.router) { client in
            let browser = Browser(client)
            try await browser.signIn()
            _ = try await browser.get("/campaigns")
            let answer = try await browser.post("/campaigns/77/stop", headers: headers)
            #expect(answer.status == .forbidden)
            #expect(site.story.stops == 0)
            _ = try await browser.post("/sign-out", headers: headers)
            #expect(try await browser.get("/campaigns").status == .ok)
        }
    }

    @Test(
        arguments: [[:], [.origin: "http://localhost"], [.secFetchSite: "same-origin", .origin: "https://public.example"]] as [HTTPFields])
    func `a form from here is taken`(headers: HTTPFields) async throws {
        let site = try await Site()
        try await site.app.test(.router) { client in
            let browser = Browser(client)
            try await browser.signIn()
            _ = try await browser.get("/campaigns")
            let answer = try await browser.post("/campaigns/77/stop", headers: headers)
            #expect(answer.status == .seeOther)
            #expect(site.story.stops == 1)
        }
    }

    @Test(arguments: ["", "0", String(repeating: "0", count: 64)])
    func `a form without the token is refused`(token: String) async throws {
        let site = try await Site()
        try await site.app.test(.router) { client in
            let browser = Browser(client)
            try await browser.signIn()
            let answer = try await browser.post("/campaigns/77/stop", ["form_token": token])
            #expect(answer.status == .forbidden)
            #expect(site.story.stops == 0)
        }
    }

    @Test func `the token of another sign-in is refused`() async throws {
        try await Site().app.test(.router) { client in
            let (first, second) = (Browser(client), Browser(client))
            for browser in [first, second] {
                try await browser.signIn()
                _ = try await browser.get("/campaigns")
            }
            let answer = try await first.post("/campaigns/77/stop", ["form_token": second.formToken])
            #expect(answer.status == .forbidden)
        }
    }

    @Test func `a sign-in without the form's cookie is refused`() async throws {
        try await Site().app.test(.router) { client in
            let browser = Browser(client)
            _ = try await browser.get("/sign-in")
            browser.forgetCookies()
            let answer = try await browser.post("/sign-in", ["email": "ann@example.com", "password": Site.password])
            #expect(answer.status == .forbidden)
            #expect(browser.cookie("whimbrel_session") == nil)
        }
    }

    @Test func `JSON is no form, and too large a form is not read`() async throws {
        try await Site().app.test(.router) { client in
            let json = try await client.execute(
                uri: "/sign-out", method: .post, headers: [.contentType: "application/json"], body: ByteBuffer(string: "{}"))
            #expect(json.status == .badRequest)
            let large = try await client.execute(
                uri: "/sign-out", method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: String(repeating: "a", count: 70_000)))
            #expect(large.status == .contentTooLarge)
        }
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
}
