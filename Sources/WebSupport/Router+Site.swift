package import Accounts
import HTTPTypes
package import Hummingbird

extension Router where Context == SiteContext {
    /// A router for all surfaces with what every request goes through: headers, errors, who is signed in.
    /// - Parameters:
    ///   - surfaces: how errors are worded; the first that covers the path wins, so the one for `/` comes last.
    ///   - outermost: middleware before everything else, such as logs and metrics.
    package static func site(
        surfaces: [ErrorSurface], signIns: SignIns, settings: SiteSettings,
        outermost: [any MiddlewareProtocol<Request, Response, SiteContext>] = []
    ) -> Router<SiteContext> {
        let router = Router<SiteContext>(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        for middleware in outermost { router.add(middleware: middleware) }
        router.add(middleware: SecurityHeaders(settings))
        let errors = ErrorMiddleware(surfaces: surfaces)
        router.add(middleware: errors)
        router.add(middleware: SignInMiddleware(signIns: signIns, cookies: SiteCookies(settings)))
        // Once more inside, so that an error page knows who is signed in; the outer one is for the look-up itself.
        router.add(middleware: errors)
        return router
    }

    /// Answers 405 with Allow to every other method on a known path, where Hummingbird says 404. Call it once, after the
    /// last route.
    package func refuseOtherMethods() {
        let known = Dictionary(grouping: routes, by: { $0.path.description })
        for (path, routes) in known {
            var methods = Set(routes.map(\.method))
            if methods.contains(.get) { methods.insert(.head) }
            let allow = methods.map(\.rawValue).sorted().joined(separator: ", ")
            let refusal = Problem(
                .methodNotAllowed, code: "method_not_allowed", headers: [.allow: allow], "This address takes \(allow) only.")
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete, .options] where !methods.contains(method) {
                on(RouterPath(path), method: method) { _, _ -> Response in throw refusal }
            }
        }
    }
}
