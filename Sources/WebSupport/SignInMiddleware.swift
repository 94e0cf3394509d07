package import Accounts
package import Hummingbird
import Logging

/// Reads who is signed in from the session's cookie, and what a form of this browser must bring.
package struct SignInMiddleware: RouterMiddleware {
    package typealias Context = SiteContext
    private let signIns: SignIns
    private let cookies: SiteCookies

    package init(signIns: SignIns, cookies: SiteCookies) { (self.signIns, self.cookies) = (signIns, cookies) }

    package func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let token = cookies.value(.session, in: request), let signIn = try await signIns.signIn(token: token) {
            context.signIn = signIn
            context.formToken = signIn.formToken
            context.logger[metadataKey: "user"] = "\(signIn.user.id)"
        } else {
            context.formToken = cookies.value(.form, in: request).flatMap { $0.utf8.count == 64 ? $0 : nil }
        }
        return try await next(request, context)
    }
}
