import Core
import HTTPTypes
package import Hummingbird

/// Lets a page change something only when the browser says the form came from this site, and the form brings the token
/// that this browser was given. Everything but GET, HEAD and OPTIONS is checked, the sign-in included.
package struct FormTokenMiddleware: RouterMiddleware {
    package typealias Context = SiteContext
    /// The name of the field in every form.
    package static let field = "form_token"

    package init() {}

    package func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        if [.get, .head, .options].contains(request.method) { return try await next(request, context) }
        guard isFromHere(request) else { throw Self.refusal }
        let (request, form) = try await request.readingForm()
        guard let token = context.formToken, equalInConstantTime(token.utf8, form[Self.field].utf8) else {
            throw Self.refusal
        }
        return try await next(request, context)
    }

    /// Browsers send Sec-Fetch-Site to https and to this machine, and Origin with every form; a client that sends
    /// neither is no browser and has nobody's cookies.
    private func isFromHere(_ request: Request) -> Bool {
        if let site = request.headers[.fetchSite] { return site == "same-origin" || site == "none" }
        guard let origin = request.headers[.origin] else { return true }
        let host = origin.split(separator: "/", omittingEmptySubsequences: false)
        return host.count == 3 && host[2].lowercased() == request.head.authority?.lowercased()
    }

    private static let refusal = Problem(
        .forbidden, code: "form_refused",
        "This form is too old, or it did not come from this site. Open the page again and repeat what you did.")
}
