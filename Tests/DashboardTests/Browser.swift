import Core
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization

/// What a browser remembers between requests: cookies, and the token of the last form it saw.
final class Browser: Sendable {
    private let client: any TestClientProtocol
    private let jar = Mutex([String: String]())
    private let token = Mutex("")

    init(_ client: any TestClientProtocol) { self.client = client }

    var formToken: String { token.withLock { $0 } }
    func cookie(_ name: String) -> String? { jar.withLock { $0[name] } }
    func setCookie(_ name: String, _ value: String) { jar.withLock { $0[name] = value } }
    func forgetCookies() { jar.withLock { $0 = [:] } }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        try await send(path, .get, headers: headers, body: nil)
    }

    /// Sends a form, with the token of the last page unless `fields` has one.
    func post(_ path: String, _ fields: [String: String] = [:], headers: HTTPFields = [:]) async throws -> TestResponse {
        var (fields, headers) = (fields, headers)
        fields["form_token"] = fields["form_token"] ?? formToken
        headers[.contentType] = "application/x-www-form-urlencoded"
        let text = fields.map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&")
        return try await send(path, .post, headers: headers, body: ByteBuffer(string: text))
    }

    /// Sends a form without fields of its own.
    /// - Returns: where the answer leads.
    func pressed(_ path: String) async throws -> String {
        let answer = try await post(path)
        guard answer.status == .seeOther, let address = answer.headers[.location] else { throw Unexpected(status: answer.status) }
        return String(address.prefix { $0 != "#" })
    }

    /// The same, and follows there.
    func press(_ path: String) async throws -> TestResponse { try await get(try await pressed(path)) }

    struct Unexpected: Error { let status: HTTPResponse.Status }

    @discardableResult
    func signIn() async throws -> TestResponse {
        _ = try await get("/sign-in")
        return try await post("/sign-in", ["email": "ann@example.com", "password": Site.password])
    }

    private func send(_ path: String, _ method: HTTPRequest.Method, headers: HTTPFields, body: ByteBuffer?) async throws -> TestResponse {
        var headers = headers
        let cookies = jar.withLock { $0.map { "\($0)=\($1)" }.joined(separator: "; ") }
        if !cookies.isEmpty { headers[.cookie] = cookies }
        let response = try await client.execute(uri: path, method: method, headers: headers, body: body)
        for text in response.headers[values: .setCookie] { keep(text) }
        if let found = response.text.firstMatch(of: /name="form_token" value="([0-9a-f]+)"/) { token.withLock { $0 = String(found.1) } }
        return response
    }

    private func keep(_ text: String) {
        let pair = text.split(separator: ";")[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        jar.withLock { $0[pair[0]] = text.contains("Max-Age=0") ? nil : pair[1] }
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { "%" + [$0].hexadecimal }.joined()
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    func cookie(_ name: String) -> String? { headers[values: .setCookie].first { $0.hasPrefix("\(name)=") } }
}
