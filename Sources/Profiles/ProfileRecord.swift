package import Core

/// One record of a call, checked by itself: what only the tables know is still open.
package struct ProfileRecord: Hashable, Sendable {
    /// What the record says.
    package enum Content: Hashable, Sendable {
        case profile(ProfileChange)
        case event(EventName, properties: [String: JSONValue])
    }

    /// Its place in the call, from 1; for evidence.
    package var number: Int
    package var who: Who
    /// When it happened or was said. Nil is now, and then nothing that is stored already counts as newer, even if the
    /// clock that stored it was ahead of this one.
    package var time: Timestamp?
    package var content: Content

    package init(number: Int, who: Who, time: Timestamp?, content: Content) {
        (self.number, self.who, self.time, self.content) = (number, who, time, content)
    }
}

/// Why a record cannot be stored although it is right by itself.
package enum RecordProblem: Error, Hashable, Sendable {
    /// It would be the account's 513th event type.
    case tooManyEventTypes
    case property(PropertyFault)
}

/// What happened to a part of a record that was stored.
package enum RecordNote: Hashable, Sendable {
    /// The profile has 256 custom properties; this one was left out.
    case surplusProperty(String)
    /// `MSG-dndWhatsApp` on a profile without a number had nothing to act on.
    case nothingToBlock
}

/// What became of one record.
package enum RecordOutcome: Hashable, Sendable {
    case stored([RecordNote])
    /// Nothing of the record was stored.
    case refused(RecordProblem)
}
