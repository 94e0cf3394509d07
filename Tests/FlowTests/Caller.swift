import AsyncHTTPClient
import Core
import NIOCore
import NIOHTTP1

/// Calls one server with JSON.
struct Caller: Sendable {
    let base: String
    var headers: [(String, String)] = []

    func get(_ path: String) async throws -> JSONValue { try await call("GET", path, nil).body }

    /// - Throws: unless the answer is a success.
    @discardableResult
    func post(_ path: String, _ body: JSONValue) async throws -> JSONValue {
        let answer = try await call("POST", path, body)
        guard (200..<300).contains(answer.status) else { throw FlowFailure("\(path): \(answer.status) \(answer.body.text)") }
        return answer.body
    }

    func call(_ method: String, _ path: String, _ body: JSONValue?) async throws -> (status: Int, body: JSONValue) {
        var request = HTTPClientRequest(url: base + path)
        request.method = method == "GET" ? .GET : .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let bytes = Array(buffer: try await response.body.collect(upTo: 64 * 1024 * 1024))
        return (Int(response.status.code), (try? JSONValue(parsing: bytes)) ?? .string(String(decoding: bytes, as: UTF8.self)))
    }
}
