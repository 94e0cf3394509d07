package import Core

/// The channel kinds that a profile has a flag for; the raw value is the flag's name.
package enum ConsentKind: String, Hashable, Sendable, CaseIterable {
    case whatsApp = "MSG-whatsapp"
    case sms = "MSG-sms"
    case email = "MSG-email"
    case push = "MSG-push"

    /// What Channel Unsubscribed and Channel Subscribed carry: `Type`, and the number or address as `Identity`.
    package func eventProperties(address: String?) -> [String: JSONValue] {
        let type =
            switch self {
            case .whatsApp: "WhatsApp"
            case .sms: "SMS"
            case .email: "Email"
            case .push: "Push"
            }
        var properties: [String: JSONValue] = ["Type": .string(type)]
        properties["Identity"] = address.map(JSONValue.string)
        return properties
    }
}

/// Somebody says that a person may, or may no longer, be written to.
package struct ConsentChange: Hashable, Sendable {
    package var profileID: ProfileID
    package var kind: ConsentKind
    package var granted: Bool
    /// When it was said. Nil is now, and then nothing that was said already counts as newer, even if the clock that wrote
    /// it down was ahead of this one.
    package var occurredAt: Timestamp?
    /// How it was said: `upload_api`, `subscribe_api`, `provider`, `keyword`, `dashboard`.
    package var source: String
    /// What proves it, such as the number and fields of the record. Never a secret.
    package var evidence: JSONValue
    /// Takes effect only where the person's last statement for WhatsApp was an opt-out from the same source; so it takes
    /// back one's own opt-out and never opts in a person who did not. For `MSG-whatsapp` alone.
    package var onlyTakesBack: Bool

    package init(
        profileID: ProfileID, kind: ConsentKind = .whatsApp, granted: Bool, occurredAt: Timestamp?, source: String,
        evidence: JSONValue, onlyTakesBack: Bool = false
    ) {
        (self.profileID, self.kind, self.granted) = (profileID, kind, granted)
        (self.occurredAt, self.source, self.evidence) = (occurredAt, source, evidence)
        self.onlyTakesBack = onlyTakesBack
    }
}

/// What became of a `ConsentChange`.
package enum ConsentEffect: Hashable, Sendable {
    /// The state changed, and the ledger has a line.
    case changed
    /// It repeats the present state, is older than what was last said, or the person is not of this account.
    case unchanged
    /// It may only take back an opt-out from its own source, and the last statement is another.
    case withheld
}

/// One line of the ledger: a change that took effect. Lines are never changed or removed.
package struct ConsentEntry: Hashable, Sendable {
    /// The flag: a `ConsentKind`, or `MSG-dndWhatsApp` when a number was blocked (not granted) or the block lifted.
    package var kind: String
    package var granted: Bool
    package var occurredAt: Timestamp
    package var recordedAt: Timestamp
    package var source: String
    package var evidence: JSONValue
}

/// Whether a campaign may write to a person on WhatsApp, or the first thing that stands in the way.
package enum Reachability: Hashable, Sendable {
    case reachable(PhoneNumber)
    /// The number is hidden; the person is known by this id of WhatsApp's.
    case reachableByUserID(String)
    /// Only marketing has to wait: WhatsApp holds it back from this number.
    case marketingPaused(PhoneNumber)
    case noPhone
    /// `MSG-whatsapp` is off, which is the default.
    case notOptedIn
    /// `MSG-dndWhatsApp` shut the number for everyone who has it.
    case numberBlocked
    /// The provider has shown that the number cannot be reached.
    case unreachable

    init(phone: PhoneNumber?, whatsApp: Bool, isBlocked: (PhoneNumber) -> Bool, userID: String? = nil) {
        guard phone != nil || userID != nil else { self = .noPhone; return }
        guard whatsApp else { self = .notOptedIn; return }
        guard let phone else { self = userID.map(Self.reachableByUserID) ?? .noPhone; return }
        self = isBlocked(phone) ? .numberBlocked : .reachable(phone)
    }

    /// Laid over by what is known of the number.
    func considering(unreachableSince: Timestamp?, quietUntil: Timestamp?, at now: Timestamp) -> Reachability {
        guard case .reachable(let phone) = self else { return self }
        if unreachableSince != nil { return .unreachable }
        return quietUntil.map { $0 > now } == true ? .marketingPaused(phone) : self
    }
}
