import Dashboard
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@Suite struct AssetTests {
    @Test(arguments: [
        ("site.css", "text/css; charset=utf-8"), ("live.js", "text/javascript; charset=utf-8"),
        ("dialog.js", "text/javascript; charset=utf-8"), ("favicon.svg", "image/svg+xml"),
    ])
    func `an asset has its type and is asked for anew`(name: String, type: String) async throws {
        try await Site().app.test(.router) { client in
            let first = try await client.execute(uri: "/assets/\(name)", method: .get)
            #expect(first.status == .ok && first.headers[.contentType] == type && first.headers[.cacheControl] == "no-cache")
            let tag = try #require(first.headers[.eTag])
            let second = try await client.execute(uri: "/assets/\(name)", method: .get, headers: [.ifNoneMatch: tag])
            #expect(second.status == .notModified && second.body.readableBytes == 0)
            let head = try await client.execute(uri: "/assets/\(name)", method: .head)
            #expect(head.status == .ok && head.headers[.contentLength] == String(first.body.readableBytes))
        }
    }

    @Test(arguments: ["/assets/", "/assets/nothing.css", "/assets/../Views/layout.mustache", "/assets/%2e%2e/Views/layout.mustache"])
    func `nothing else is served`(path: String) async throws {
        try await Site().app.test(.router) { client in
            let answer = try await client.execute(uri: path, method: .get)
            #expect(answer.status == .notFound)
        }
    }
}
