import HTTPTypes
package import Hummingbird

/// What browsers are told about every answer: scripts and styles come from this site's files and from nowhere else,
/// nobody may frame it, a type is what it says, other sites learn nothing from links.
package struct SecurityHeaders: RouterMiddleware {
    package typealias Context = SiteContext
    private let fields: [HTTPField]

    package init(_ settings: SiteSettings) {
        var fields: [HTTPField] = [
            .init(name: .contentSecurityPolicy, value: Self.policy),
            .init(name: .xContentTypeOptions, value: "nosniff"),
            .init(name: .frameOptions, value: "DENY"),
            // Not no-referrer: browsers would then send "Origin: null" with our own forms.
            .init(name: .referrerPolicy, value: "same-origin"),
            .init(name: .openerPolicy, value: "same-origin"),
            .init(name: .permissionsPolicy, value: "camera=(), geolocation=(), microphone=()"),
        ]
        if settings.isSecure { fields.append(.init(name: .strictTransportSecurity, value: "max-age=31536000")) }
        self.fields = fields
    }

    package func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in fields where response.headers[field.name] == nil { response.headers.append(field) }
        return response
    }

    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
        manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """
}
