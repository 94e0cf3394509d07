import HTTPTypes
package import Hummingbird

/// How the outside world reaches the site.
package struct SiteSettings: Sendable {
    /// Browsers come over https only: cookies are marked so, and browsers are told to stay with it.
    package var isSecure: Bool
    /// How many proxies of the operator's own stand before the server, 0...10. Only their entries of
    /// `X-Forwarded-For` are believed.
    package var proxies: Int

    package init(isSecure: Bool = false, proxies: Int = 0) { (self.isSecure, self.proxies) = (isSecure, proxies) }

    /// Where a request comes from, for limits: the entry that the outermost own proxy wrote, else the other end.
    package func address(of request: Request, _ context: SiteContext) -> String {
        let hops = request.headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }
        guard proxies > 0, hops.count >= proxies else { return context.peerAddress ?? "unknown" }
        return String(hops[hops.count - proxies].filter { !$0.isWhitespace }.prefix(64))
    }
}

extension HTTPField.Name {
    private static func name(_ text: StaticString) -> Self {
        guard let name = Self("\(text)") else { preconditionFailure("\(text) is no header name") }
        return name
    }

    package static let accountID = name("X-CleverTap-Account-Id")
    package static let passcode = name("X-CleverTap-Passcode")
    static let fetchSite = name("Sec-Fetch-Site")
    static let forwardedFor = name("X-Forwarded-For")
    static let frameOptions = name("X-Frame-Options")
    static let referrerPolicy = name("Referrer-Policy")
    static let openerPolicy = name("Cross-Origin-Opener-Policy")
    static let permissionsPolicy = name("Permissions-Policy")
}
