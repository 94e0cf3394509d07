package import Core

extension Profile {
    /// What a merge did besides changing the profile.
    package struct MergeResult: Hashable, Sendable {
        /// The flags whose state really changed.
        package var consents: [ConsentKind: Bool] = [:]
        /// Custom properties that were left out because the profile has 256.
        package var surplus: [String] = []
    }

    /// Lets a record take effect. The last write wins by the record's time, in whole seconds, and of equal times the
    /// one that comes later:
    /// - A record older than `writtenAt` only fills what is missing. Its `$incr` and `$decr` still count, because a
    ///   sum does not depend on the order. A property deleted since then counts as missing.
    /// - `MSG-whatsapp` goes by the time it was itself last said, so that a late opt-out is not lost because of a newer
    ///   record about something else. Repeating an opt-in does not move that time, so that an opt-out from in between
    ///   still counts; repeating an opt-out does.
    /// - The 257th custom property is left out and named in the result; of several new ones, the first by name stay.
    ///
    /// Merging the same record twice changes nothing more, except for `$incr` and `$decr`.
    /// - Parameter consentTime: when the record said `MSG-whatsapp`, if that is not `time`.
    /// - Throws: when an operator does not fit the value; the profile is unchanged then.
    package mutating func merge(
        _ change: ProfileChange, at time: Timestamp, consentAt consentTime: Timestamp? = nil
    ) throws(PropertyFault) -> MergeResult {
        var (merged, result) = (self, MergeResult())
        let time = time.wholeSeconds
        let isOlder = time < writtenAt
        merged.email = Self.edited(email, change.email, isOlder: isOlder)
        merged.phone = Self.edited(phone, change.phone, isOlder: isOlder)
        try merged.mergeProperties(change.properties, isOlder: isOlder, into: &result)
        for (kind, granted) in change.consents {
            if isOlder, kind != .whatsApp, properties[kind.rawValue] != nil { continue }
            if merged.setConsent(kind, granted, at: consentTime ?? time) { result.consents[kind] = granted }
        }
        merged.writtenAt = max(writtenAt, time)
        self = merged
        return result
    }

    /// Says whether the person may be written to over a channel kind.
    /// - Returns: whether that is a change.
    mutating func setConsent(_ kind: ConsentKind, _ granted: Bool, at time: Timestamp) -> Bool {
        let before = grants(kind)
        guard kind == .whatsApp else {
            properties[kind.rawValue] = .bool(granted)
            return before != granted
        }
        let time = time.wholeSeconds
        if let said = whatsAppSaidAt, time < said { return false }
        if granted, whatsApp { return false }
        (whatsApp, whatsAppSaidAt) = (granted, time)
        return before != granted
    }

    /// Whether the person may be written to over a channel kind: WhatsApp only after an opt-in, the others until an
    /// opt-out (vendor document; claim 23 names WhatsApp as the exception).
    package func grants(_ kind: ConsentKind) -> Bool {
        kind == .whatsApp ? whatsApp : properties[kind.rawValue] != .bool(false)
    }

    private static func edited<Value>(_ old: Value?, _ edit: ProfileChange.Edit<Value>?, isOlder: Bool) -> Value? {
        if isOlder, old != nil { return old }
        switch edit {
        case nil: return old
        case .set(let value): return value
        case .delete: return nil
        }
    }

    private mutating func mergeProperties(
        _ changes: [String: PropertyChange], isOlder: Bool, into result: inout MergeResult
    ) throws(PropertyFault) {
        var room = PropertyLimits.customProperties - properties.keys.lazy.filter { !ProfileField.kept.contains($0) }.count
        for (name, change) in changes.sorted(by: { $0.key < $1.key }) {
            let old = properties[name]
            if isOlder, old != nil, !change.isSum { continue }
            let new = try change.result(on: old, of: name)
            let growth = ProfileField.kept.contains(name) ? 0 : (new == nil ? 0 : 1) - (old == nil ? 0 : 1)
            guard growth <= room || growth <= 0 else {
                result.surplus.append(name)
                continue
            }
            room -= growth
            properties[name] = new
        }
    }
}

extension Timestamp {
    /// Records carry whole seconds; times that are compared with them are cut to the same.
    var wholeSeconds: Timestamp { Timestamp(seconds: seconds) }
}
