import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A client with its headers; bodies go out as they are given.
struct Caller: Sendable {
    static let client = HTTPClient(configuration: configuration)

    let base: String
    var headers: [(String, String)] = []

    @discardableResult
    func post(_ path: String, _ body: some Sendable & Sequence<UInt8>) async throws -> Data {
        try await call(.POST, path, ByteBuffer(bytes: body))
    }

    @discardableResult
    func post(_ path: String, _ body: String) async throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: try await post(path, Array(body.utf8))) as? [String: Any] ?? [:]
    }

    func get(_ path: String) async throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: try await call(.GET, path, nil)) as? [String: Any] ?? [:]
    }

    func text(_ path: String) async throws -> String { String(decoding: try await call(.GET, path, nil), as: UTF8.self) }

    private func call(_ method: HTTPMethod, _ path: String, _ body: ByteBuffer?) async throws -> Data {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(body)
        }
        let response = try await Self.client.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 64 * 1024 * 1024)
        guard (200..<300).contains(response.status.code) else {
            throw BenchFailure("\(path): \(response.status) \(String(buffer: bytes).prefix(200))")
        }
        return Data(bytes.readableBytesView)
    }

    private static let configuration: HTTPClient.Configuration = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        configuration.httpVersion = .http1Only
        return configuration
    }()
}

/// Runs `count` pieces of work, `width` at a time, and says how long it took.
func timed(_ count: Int, width: Int, _ work: @escaping @Sendable (Int) async throws -> Void) async throws -> Duration {
    try await ContinuousClock().measure {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<count {
                if index >= width { try await group.next() }
                group.addTask { try await work(index) }
            }
            try await group.waitForAll()
        }
    }
}
