import Core
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Storage
import Testing
import WebSupport

@Suite struct ErrorSurfaceTests {
    static let key: HTTPFields = [.accountID: "ACME", .passcode: "open-sesame"]

    struct Row: CustomTestStringConvertible, Sendable {
        var method: HTTPRequest.Method = .get
        var path: String
        var headers = ErrorSurfaceTests.key
        var body: String?
        var status: Int
        /// Of `/api/v1`.
        var code: String
        /// Of `/1`; nil when it is the message of the other.
        var words: String?
        var testDescription: String { "\(method) \(path) \(code)" }
    }

    static let rows: [Row] = [
        Row(path: "/fail/invalid", status: 400, code: "invalid_phone"),
        Row(path: "/fail/missing", status: 404, code: "no_campaign"),
        Row(path: "/fail/conflict", status: 409, code: "ended"),
        Row(path: "/fail/unavailable", status: 503, code: "unavailable"),
        Row(path: "/fail/x", headers: [:], status: 401, code: "invalid_account", words: "Account ID is not valid"),
        Row(path: "/fail/x", headers: [.accountID: "ACME"], status: 401, code: "invalid_passcode", words: "Invalid Credentials"),
        Row(
            path: "/fail/x", headers: [.accountID: "NOBODY", .passcode: "open-sesame"], status: 401, code: "invalid_account",
            words: "Account ID is not valid"),
        Row(path: "/nothing", status: 404, code: "not_found"),
        Row(method: .delete, path: "/echo", status: 405, code: "method_not_allowed"),
        Row(method: .post, path: "/echo", body: "{\"a\":", status: 400, code: "malformed_json", words: "Malformed request"),
        Row(method: .post, path: "/echo", body: "", status: 400, code: "malformed_json", words: "Malformed request"),
        Row(method: .post, path: "/echo", body: String(repeating: " ", count: 101), status: 413, code: "too_large"),
    ]

    @Test(arguments: rows)
    func `each JSON surface words the same error in its own way`(row: Row) async throws {
        try await Site().app.test(.router) { client in
            let body = row.body.map { ByteBuffer(string: $0) }
            let api = try await client.execute(uri: "/api/v1" + row.path, method: row.method, headers: row.headers, body: body)
            #expect(api.status.code == row.status)
            let error = try JSONValue(parsing: api.text)["error"]
            #expect(error?["code"]?.string == row.code)
            #expect(error?["message"]?.string?.isEmpty == false)
            let old = try await client.execute(uri: "/1" + row.path, method: row.method, headers: row.headers, body: body)
            #expect(old.status.code == row.status)
            let message = try #require(row.words ?? error?["message"]?.string)
            #expect(try JSONValue(parsing: old.text) == ["status": "fail", "error": .string(message), "code": .int(Int64(row.status))])
            for answer in [api, old] { #expect(answer.headers[.contentType] == "application/json; charset=utf-8") }
        }
    }

    @Test func `the field, the place and the time to wait are named`() async throws {
        try await Site().app.test(.router) { client in
            let field = try await client.execute(uri: "/api/v1/fail/invalid", method: .get, headers: Self.key)
            #expect(try JSONValue(parsing: field.text)["error"]?["field"] == "phone")
            let place = try await client.execute(
                uri: "/api/v1/echo", method: .post, headers: Self.key, body: ByteBuffer(string: "[1,]"))
            #expect(try JSONValue(parsing: place.text)["error"]?["message"]?.string?.contains("at byte 3") == true)
            let wait = try await client.execute(uri: "/1/fail/unavailable", method: .get, headers: Self.key)
            #expect(wait.headers[.retryAfter] == "5")
            #expect(!wait.text.contains("/secret/path"))
            let method = try await client.execute(uri: "/1/echo", method: .get, headers: Self.key)
            #expect(method.headers[.allow] == "POST")
        }
    }

    @Test(arguments: ["/1", "/api/v1"])
    func `a fault of ours tells a reference and nothing else`(prefix: String) async throws {
        try await Site().app.test(.router) { client in
            let answer = try await client.execute(uri: prefix + "/fail/fault", method: .get, headers: Self.key)
            #expect(answer.status == .internalServerError)
            #expect(!answer.text.contains("hunter2"))
            #expect(answer.text.contains("Reference: "))
        }
    }

    @Test func `a good call knows its account`() async throws {
        try await Site().app.test(.router) { client in
            let body = ByteBuffer(string: "{\"a\":[1,true]}")
            let answer = try await client.execute(uri: "/api/v1/echo", method: .post, headers: Self.key, body: body)
            #expect(try JSONValue(parsing: answer.text) == ["account": "ACME", "body": ["a": [1, true]]])
        }
    }

    @Test func `a page that does not exist is a page`() async throws {
        try await Site().app.test(.router) { client in
            let stranger = try await Browser(client).get("/nothing/here")
            #expect(stranger.status == .notFound)
            #expect(stranger.text.contains("This page does not exist"))
            #expect(stranger.headers[.contentType] == "text/html; charset=utf-8")
            #expect(!stranger.text.contains("Sign out"))
            let browser = Browser(client)
            try await browser.signIn()
            #expect(try await browser.get("/nothing/here").text.contains("Sign out"))
        }
    }

    @Test func `a database that is away is a friendly page`() async throws {
        let site = try await Site()
        try await site.app.test(.router) { client in
            let browser = Browser(client)
            try await browser.signIn()
            site.story.change { $0.listProblem = StorageError(.unavailable, "disk full at /secret/path") }
            let away = try await browser.get("/campaigns")
            #expect(away.status == .serviceUnavailable && away.headers[.retryAfter] == "5")
            site.story.change { $0.listProblem = StorageError(.failed, "no such column: hunter2") }
            let fault = try await browser.get("/campaigns")
            #expect(fault.status == .internalServerError && fault.text.contains("Reference: "))
            #expect(!(away.text + fault.text).contains("hunter2") && !away.text.contains("/secret/path"))
        }
    }

    @Test func `every answer carries the browser's rules`() async throws {
        try await Site().app.test(.router) { client in
            for path in ["/sign-in", "/nothing", "/assets/site.css", "/api/v1/nothing", "/campaigns"] {
                let headers = try await client.execute(uri: path, method: .get).headers
                let policy = try #require(headers[.contentSecurityPolicy])
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(headers[.xContentTypeOptions] == "nosniff")
            }
        }
    }
}
