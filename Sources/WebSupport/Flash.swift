package import Hummingbird

/// What the page after a redirect says once. The cookie carries its name only, so that nobody can put words there.
package enum Flash: String, Sendable, CaseIterable {
    case signedOut = "signed_out"
    case campaignStopped = "campaign_stopped"
    case campaignNotStopped = "campaign_not_stopped"

    package var message: String {
        switch self {
        case .signedOut: "You are signed out."
        case .campaignStopped: "The campaign is stopped. What was already handed to the provider still arrives."
        case .campaignNotStopped: "The campaign had ended already, so there was nothing to stop."
        }
    }
}

extension SiteCookies {
    /// Lets the next page say it.
    package func setFlash(_ flash: Flash, on response: inout Response) {
        set(.flash, flash.rawValue, seconds: 60, on: &response)
    }

    /// What the page that is made now says.
    package func flash(in request: Request) -> Flash? { value(.flash, in: request).flatMap(Flash.init) }
}
