import AsyncHTTPClient
import Core
import NIOCore
import NIOHTTP1

/// Calls the server as any other program would: over HTTP, with an account id and a passcode.
struct DemoClient: Sendable {
    let client: HTTPClient
    let base: String
    let headers: [(String, String)]

    /// - Throws: `SettingsError` with the answer, unless it is a success.
    @discardableResult
    func post(_ path: String, _ body: JSONValue, orConflict: Bool = false) async throws -> JSONValue {
        try await call(.POST, path, body, allowing: orConflict ? .conflict : nil)
    }

    /// What is not there is an answer, too.
    func get(_ path: String) async throws -> JSONValue { try await call(.GET, path, nil, allowing: .notFound) }

    private func call(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue?, allowing exception: HTTPResponseStatus?
    ) async throws -> JSONValue {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        }
        let response = try await client.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 16 * 1024 * 1024)
        let answer = try? JSONValue(parsing: Array(buffer: bytes))
        guard (200..<300).contains(response.status.code) || response.status == exception, let answer else {
            throw SettingsError(
                "The demo's call to \(path) was answered with \(response.status.code): \(String(buffer: bytes).prefix(300))")
        }
        return answer
    }
}
