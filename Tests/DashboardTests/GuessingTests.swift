import Accounts
import Core
import HTTPTypes
import HummingbirdTesting
import Testing
import WebSupport

@Suite struct GuessingTests {
    static let right: HTTPFields = [.accountID: "ACME", .passcode: "open-sesame"]

    private func forwarded(_ address: String, _ fields: HTTPFields = right) -> HTTPFields {
        var fields = fields
        if let name = HTTPField.Name("X-Forwarded-For") { fields[name] = address }
        return fields
    }

    @Test func `behind a proxy one visitor's wrong guesses do not close the sign-in for others`() async throws {
        try await Site(settings: SiteSettings(proxies: 1)).app.test(.router) { client async throws in
            let (thief, ann) = (Browser(client), Browser(client))
            _ = try await thief.get("/sign-in")
            for number in 0..<60 {
                let fields = ["email": "user\(number)@example.com", "password": "guess"]
                let answer = try await thief.post("/sign-in", fields, headers: forwarded("198.51.100.\(number), 203.0.113.9", [:]))
                #expect(answer.status == (number < 50 ? .unprocessableContent : .tooManyRequests))
            }
            _ = try await ann.get("/sign-in")
            let answer = try await ann.post(
                "/sign-in", ["email": "ann@example.com", "password": Site.password], headers: forwarded("203.0.113.10", [:]))
            #expect(answer.status == .seeOther)
        }
    }

    @Test func `a full queue is answered with 503 and a time to try again, and is no guess`() async throws {
        let queue = HashingQueue(longest: 1)
        try await Site(queue: queue).app.test(.router) { client async throws in
            let browser = Browser(client)
            try queue.enter()
            for _ in 0..<11 {
                let answer = try await browser.signIn()
                #expect(answer.status == .serviceUnavailable && answer.headers[.retryAfter] == "15")
            }
            queue.leave()
            #expect(try await browser.signIn().status == .seeOther)
        }
    }

    @Test func `after a hundred wrong passcodes an address waits, with right ones too, unless they were right before`() async throws {
        try await Site(settings: SiteSettings(proxies: 1)).app.test(.router) { client async throws in
            let status = { (fields: HTTPFields, path: String) in
                try await client.execute(uri: path, method: .get, headers: fields)
            }
            let wrong: HTTPFields = [.accountID: "ACME", .passcode: "wrong-guess"]
            #expect(try await status(forwarded("2001:db8::1"), "/1/fail/missing").status == .notFound)
            for number in 0..<100 {
                let path = number.isMultiple(of: 2) ? "/1/fail/missing" : "/api/v1/fail/missing"
                #expect(try await status(forwarded("2001:db8::\(number)", wrong), path).status == .unauthorized)
            }
            for fields in [wrong, Self.right] {
                let answer = try await status(forwarded("2001:db8::ffff", fields), "/1/fail/missing")
                #expect(answer.status == .tooManyRequests && answer.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 500)
                #expect(try JSONValue(parsing: answer.text)["code"] == 429)
            }
            #expect(try await status(forwarded("2001:db8::1"), "/1/fail/missing").status == .notFound)
            #expect(try await status(forwarded("2001:db8:0:1::1"), "/1/fail/missing").status == .notFound)
        }
    }

    @Test func `a call without a passcode is no guess`() async throws {
        try await Site().app.test(.router) { client async throws in
            for _ in 0..<101 {
                let answer = try await client.execute(uri: "/api/v1/fail/x", method: .get)
                #expect(answer.status == .unauthorized)
            }
        }
    }
}
