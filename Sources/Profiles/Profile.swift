package import Core

/// One person of an account, as the tables hold them.
package struct Profile: Hashable, Sendable {
    package internal(set) var id: ProfileID
    package let accountID: AccountID
    /// The id that every profile has, made by Whimbrel (`__` and 32 hexadecimal digits) or given by the first record.
    package let objectID: String
    /// The business's own id; nil while the person is anonymous. Once there it does not change.
    package var identity: String?
    package var email: String?
    /// Several profiles may have the same number.
    package var phone: PhoneNumber?
    /// `MSG-whatsapp`: whether this person opted in. False until somebody says otherwise (claim 23).
    package var whatsApp: Bool
    /// When `whatsApp` became true or was last said to be false, in whole seconds; nil when nothing was ever said. An
    /// older statement does not change it.
    package var whatsAppSaidAt: Timestamp?
    /// Everything else, `Name` included, by the name it was uploaded under: text, number, boolean, or a list of texts.
    package var properties: [String: JSONValue]
    /// The time of the newest profile record that was applied, in whole seconds; 1970 when there was none.
    package var writtenAt: Timestamp
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package init(
        id: ProfileID, accountID: AccountID, objectID: String, identity: String? = nil, email: String? = nil,
        phone: PhoneNumber? = nil, whatsApp: Bool = false, whatsAppSaidAt: Timestamp? = nil,
        properties: [String: JSONValue] = [:], writtenAt: Timestamp = Timestamp(seconds: 0), createdAt: Timestamp,
        updatedAt: Timestamp? = nil
    ) {
        (self.id, self.accountID, self.objectID, self.identity) = (id, accountID, objectID, identity)
        (self.email, self.phone, self.whatsApp, self.whatsAppSaidAt) = (email, phone, whatsApp, whatsAppSaidAt)
        (self.properties, self.writtenAt, self.createdAt) = (properties, writtenAt, createdAt)
        self.updatedAt = updatedAt ?? createdAt
    }
}

extension Profile {
    /// Any property by the name that rules and templates use, `Identity`, `Email`, `Phone` (with the plus sign),
    /// `MSG-whatsapp` and `objectId` included. Nil when the person does not have it. Names are exact.
    package func property(_ name: String) -> JSONValue? {
        switch name {
        case ProfileField.identity: identity.map(JSONValue.string)
        case ProfileField.objectID: .string(objectID)
        case ProfileField.email: email.map(JSONValue.string)
        case ProfileField.phone: phone.map { .string($0.description) }
        case ConsentKind.whatsApp.rawValue: .bool(whatsApp)
        default: properties[name]
        }
    }
}

/// The property names that have a meaning of their own (vendor document, "user profile properties").
package enum ProfileField {
    package static let identity = "Identity"
    package static let objectID = "objectId"
    package static let email = "Email"
    package static let phone = "Phone"
    package static let name = "Name"
    package static let numberBlock = "MSG-dndWhatsApp"

    /// Reserved names that are kept among the properties; they do not count as custom ones.
    package static let kept: Set<String> = [
        name, "Gender", "DOB", "Age", "Employed", "Married", "Education", "Tz", "Photo", "Customer Type", "ct_is_test_user",
        ConsentKind.email.rawValue, ConsentKind.push.rawValue, ConsentKind.sms.rawValue,
    ]
}
