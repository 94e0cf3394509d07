package import Core

/// The checked content of a profile record.
package struct ProfileChange: Hashable, Sendable {
    /// For the fields that are columns.
    package enum Edit<Value: Hashable & Sendable>: Hashable, Sendable {
        case set(Value)
        case delete
    }

    package var email: Edit<String>?
    package var phone: Edit<PhoneNumber>?
    /// The `MSG-` flags that the record names.
    package var consents: [ConsentKind: Bool]
    /// `MSG-dndWhatsApp`: blocks the profile's number for every profile that has it, or lifts the block.
    package var numberBlocked: Bool?
    /// Every other property.
    package var properties: [String: PropertyChange]

    package init(
        email: Edit<String>? = nil, phone: Edit<PhoneNumber>? = nil, consents: [ConsentKind: Bool] = [:],
        numberBlocked: Bool? = nil, properties: [String: PropertyChange] = [:]
    ) {
        (self.email, self.phone, self.consents) = (email, phone, consents)
        (self.numberBlocked, self.properties) = (numberBlocked, properties)
    }

    /// The names of the fields this changes, sorted; for evidence in the ledger.
    var fieldNames: [String] {
        var names = consents.keys.map(\.rawValue) + properties.keys
        if email != nil { names.append(ProfileField.email) }
        if phone != nil { names.append(ProfileField.phone) }
        if numberBlocked != nil { names.append(ProfileField.numberBlock) }
        return names.sorted()
    }
}
