import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The page's own style sheet, script and icon, read once at the start.
struct AssetRoutes: Sendable {
    private struct Asset: Sendable {
        let type: String
        let body: ByteBuffer
    }

    private static let types = ["css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"]
    private let assets: [String: Asset]

    /// - Throws: when the folder cannot be read.
    init(folder: URL) throws {
        var assets: [String: Asset] = [:]
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            guard let type = Self.types[file.pathExtension] else { continue }
            assets[file.lastPathComponent] = Asset(type: type, body: ByteBuffer(bytes: try Data(contentsOf: file)))
        }
        self.assets = assets
    }

    func add(to router: Router<SandboxContext>) {
        router.get("assets/:name", use: asset)
    }

    @Sendable private func asset(_ request: Request, context: SandboxContext) throws -> Response {
        guard let asset = assets[try context.parameters.require("name")] else { throw HTTPError(.notFound) }
        return Response(
            status: .ok, headers: [.contentType: asset.type, .cacheControl: "no-cache"], body: .init(byteBuffer: asset.body))
    }
}

/// What a browser may do with our pages: nothing but our own files, no inline script or style.
struct PageHeadersMiddleware: RouterMiddleware {
    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'
        """

    func handle(
        _ request: Request, context: SandboxContext, next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if response.headers[.contentType]?.hasPrefix("text/html") ?? false {
            response.headers[.contentSecurityPolicy] = Self.policy
            response.headers[.xContentTypeOptions] = "nosniff"
        }
        return response
    }
}
