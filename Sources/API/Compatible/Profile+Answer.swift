import Core
import Profiles

extension Profile {
    /// The answer of `GET /1/profile.json`. What the person does not have is left out; `profileData` has everything that
    /// has no place of its own, the WhatsApp flag included.
    func answer(events: [String: EventSummary]) -> JSONValue {
        ["status": "success", "record": .object(record([.app, .events, .profile], events: events))]
    }

    /// A person in an answer.
    func record(_ parts: RecordParts, events: [String: EventSummary]) -> [String: JSONValue] {
        var data = properties
        let name = data.removeValue(forKey: ProfileField.name)
        data[ConsentKind.whatsApp.rawValue] = .bool(whatsApp)
        var record: [String: JSONValue] = [:]
        if parts.contains(.profile) { record["profileData"] = .object(data) }
        if parts.contains(.events) { record["events"] = .object(events.mapValues(\.answer)) }
        if parts.contains(.app) { record["platformInfo"] = [["objectId": .string(objectID)]] }
        record["identity"] = property(ProfileField.identity)
        record["email"] = property(ProfileField.email)
        record["name"] = name
        record["phone"] = property(ProfileField.phone)
        return record
    }
}

extension EventSummary {
    /// Times are epoch seconds.
    fileprivate var answer: JSONValue {
        ["count": .int(Int64(count)), "first_seen": .int(firstSeen.seconds), "last_seen": .int(lastSeen.seconds)]
    }
}
