import Core
import Profiles

/// One entry of the subscribe call: somebody's number or address is taken off a channel kind, or put back on. For
/// WhatsApp, where only `MSG-whatsapp: true` opts in, Resubscribe does no more than take back the opt-out of an earlier
/// subscribe call; people who never opted in, or who left in another way, stay as they are.
struct Subscription: Hashable, Sendable {
    enum Target: Hashable, Sendable {
        case phone(PhoneNumber)
        case email(String)
    }

    let target: Target
    let kind: ConsentKind
    let isOn: Bool

    init(_ value: JSONValue) throws(RecordFault) {
        guard !value.hasNullCharacter else { throw .nullCharacter }
        guard let type = value["type"]?.string, let kind = Self.kinds[type] else {
            throw .subscription("type needs to be phone/email/whatsapp")
        }
        guard let word = value["status"]?.string, let isOn = Self.words[word] else {
            throw .subscription("status needs to be Unsubscribe/Resubscribe")
        }
        target = kind == .email ? .email(try Self.email(value["value"])) : .phone(try Self.phone(value["value"]))
        (self.kind, self.isOn) = (kind, isOn)
    }

    private static let kinds: [String: ConsentKind] = ["phone": .sms, "email": .email, "whatsapp": .whatsApp]
    private static let words = ["Unsubscribe": false, "Resubscribe": true]

    private static func email(_ value: JSONValue?) throws(RecordFault) -> String {
        guard let text = value?.string, FieldRules.isEmail(text) else { throw .email }
        return text
    }

    private static func phone(_ value: JSONValue?) throws(RecordFault) -> PhoneNumber {
        guard let text = value?.string, let phone = PhoneNumber(text) else { throw .phone }
        return phone
    }

    /// What is raised for a profile whose flag changed.
    func event(for profile: ProfileID, at time: Timestamp) -> NewEvent? {
        EventName.channelEvent(granted: isOn).map {
            NewEvent(profileID: profile, name: $0, occurredAt: time, properties: kind.eventProperties(address: address))
        }
    }

    private var address: String {
        switch target {
        case .phone(let phone): phone.description
        case .email(let address): address
        }
    }
}
