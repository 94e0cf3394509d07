package import Core
package import Messages
package import Profiles

/// Somebody who qualifies for a campaign at a moment.
package struct Candidate: Hashable, Sendable {
    package let person: Profile
    /// The campaign's run, or the id of the event that triggered: with campaign and person the send key.
    package let run: Int
    /// The properties of the event that triggered; nil in one-time campaigns.
    package let event: [String: JSONValue]?
    package let dueAt: Timestamp
    /// Why nothing is sent, where that is known before the message is looked at.
    package var excluded: Reason?
}
