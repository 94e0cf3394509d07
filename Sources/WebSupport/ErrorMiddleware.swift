package import Core
import HTTPTypes
package import Hummingbird
import Logging

/// How one part of the site words its errors.
package struct ErrorSurface: Sendable {
    /// The paths it speaks for: this one and everything under it; `/` is everything.
    package let prefix: String
    package let render: @Sendable (Problem, Request, SiteContext) throws -> Response

    package init(prefix: String, render: @escaping @Sendable (Problem, Request, SiteContext) throws -> Response) {
        (self.prefix, self.render) = (prefix, render)
    }

    func covers(_ path: String) -> Bool { prefix == "/" || path == prefix || path.hasPrefix(prefix + "/") }
}

/// Turns what handlers throw into the answer of the surface that was asked; the first that covers the path wins. A
/// fault of ours is logged with a reference and answered with the reference alone.
package struct ErrorMiddleware: RouterMiddleware {
    package typealias Context = SiteContext
    private let surfaces: [ErrorSurface]
    private let random: Randomness

    package init(surfaces: [ErrorSurface], random: Randomness = .system) { (self.surfaces, self.random) = (surfaces, random) }

    package func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error) ?? fault(error, request, context)
            let surface = surfaces.first { $0.covers(request.uri.path) }
            return try surface?.render(problem, request, context) ?? Response(status: problem.status, headers: problem.headers)
        }
    }

    private func fault(_ error: any Error, _ request: Request, _ context: SiteContext) -> Problem {
        let reference = random.token(bytes: 4)
        context.logger.error(
            "request failed",
            metadata: [
                "reference": "\(reference)", "error": "\(String(reflecting: error))", "method": "\(request.method)",
                "route": "\(context.endpointPath ?? "none")",
            ])
        return .fault(reference: reference)
    }
}
