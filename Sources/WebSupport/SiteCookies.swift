import Accounts
import Core
package import Hummingbird

/// The cookies of the pages. None can be read by a script, none is sent with another site's forms.
package struct SiteCookies: Sendable {
    private let isSecure: Bool
    private let prefix: String

    package init(_ settings: SiteSettings) {
        isSecure = settings.isSecure
        // Browsers keep a __Host- cookie from being set over http or by a neighbouring host name.
        prefix = settings.isSecure ? "__Host-whimbrel_" : "whimbrel_"
    }

    /// The cookies that the site sets.
    package enum Name: String, Sendable {
        /// The sign-in's token, for as long as it lasts.
        case session
        /// What the sign-in form must bring, before anybody is signed in.
        case form
        /// Where to go after the sign-in.
        case back
        /// What the next page says once.
        case flash
    }

    /// The value that the browser sent.
    package func value(_ name: Name, in request: Request) -> String? {
        request.cookies[prefix + name.rawValue]?.value
    }

    /// - Parameter seconds: how long the browser keeps it; nil until it is closed.
    package func set(_ name: Name, _ value: String, seconds: Int? = nil, on response: inout Response) {
        response.setCookie(
            Cookie(
                name: prefix + name.rawValue, value: value, maxAge: seconds, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax))
    }

    /// Makes the browser forget it.
    package func clear(_ name: Name, on response: inout Response) { set(name, "", seconds: 0, on: &response) }
}
