import Core
import Profiles

/// Reads `profileData`. The fields with a meaning come first, in `order` (the recordings of the real service fit it up to
/// Age; the rest is ours), then the others by name. Null says nothing: it neither sets nor deletes.
struct ProfileDataReader {
    private var change = ProfileChange()
    private var properties = PropertyReader()

    static func read(_ data: JSONValue?) throws(RecordFault) -> (ProfileChange, [FieldNote]) {
        guard let members = data?.object else { throw .profile("profileData is not an object") }
        var reader = Self()
        for name in order {
            guard let value = members[name], !value.isNull else { continue }
            try reader.readField(name, value)
        }
        for name in members.keys.filter({ !known.contains($0) }).sorted() {
            guard let value = members[name] else { continue }
            try reader.readCustom(name, value)
        }
        return (reader.change, reader.properties.notes)
    }

    private static let order =
        [
            ProfileField.email, ProfileField.phone, "Employed", "Education", "Married", "Age", "Gender", "DOB", "Tz", "Photo",
            ProfileField.name, "Customer Type", "ct_is_test_user",
        ]
        + ConsentKind.allCases.map(\.rawValue) + [ProfileField.numberBlock, ProfileField.identity, ProfileField.objectID]
    private static let known = Set(order)
    private static let choices: [String: (values: Set<String>, fault: RecordFault)] = [
        "Employed": (["Y", "N"], .employed), "Married": (["Y", "N"], .married), "Gender": (["M", "F"], .gender),
        "Education": (["School", "College", "Graduate"], .education),
    ]

    private mutating func readField(_ name: String, _ value: JSONValue) throws(RecordFault) {
        let isDeletion = PropertyReader.isDeletion(value)
        switch name {
        case ProfileField.email: change.email = isDeletion ? .delete : .set(try email(value))
        case ProfileField.phone: change.phone = isDeletion ? .delete : .set(try phone(value))
        case ProfileField.numberBlock: change.numberBlocked = isDeletion ? false : try flag(name, value)
        case ProfileField.identity, ProfileField.objectID:
            properties.note(name, "left out: the record itself says who it is about")
        default:
            if let kind = ConsentKind(rawValue: name) {
                // Not saying anything is the same as the default: off for WhatsApp, on for the others.
                change.consents[kind] = isDeletion ? kind != .whatsApp : try flag(name, value)
            } else {
                change.properties[name] = isDeletion ? .delete : try keptField(name, value).map(PropertyChange.replace)
            }
        }
    }

    private func email(_ value: JSONValue) throws(RecordFault) -> String {
        guard let text = value.string, FieldRules.isEmail(text) else { throw .email }
        return text
    }

    private func phone(_ value: JSONValue) throws(RecordFault) -> PhoneNumber {
        guard let text = value.string, let phone = PhoneNumber(text) else { throw .phone }
        return phone
    }

    private func flag(_ name: String, _ value: JSONValue) throws(RecordFault) -> Bool {
        guard let flag = FieldRules.flag(value) else { throw .profile("\(name) needs to be true/false") }
        return flag
    }

    /// A field that is checked and kept among the properties; nil when it is left out.
    private mutating func keptField(_ name: String, _ value: JSONValue) throws(RecordFault) -> JSONValue? {
        if let choice = Self.choices[name] {
            guard let text = value.string, choice.values.contains(text) else { throw choice.fault }
            return value
        }
        switch name {
        case "Age":
            guard let age = FieldRules.age(value) else { throw .age }
            return .int(age)
        case "DOB":
            guard let text = value.string, Timestamp(propertyDate: text) != nil else {
                throw .profile("DOB needs to be $D_ and epoch seconds")
            }
            return value
        case "Tz":
            guard let text = value.string, FieldRules.isTimeZone(text) else { throw .profile("Tz is not valid") }
            return value
        case "Photo": return try photo(value)
        case ProfileField.name where value.string == nil: throw .profile("Name is not a text")
        default: return try own { properties throws(PropertyReader.Problem) in try properties.scalar(value, of: name) }
        }
    }

    /// Half an address is of no use, so a long one is left out and not cut.
    private mutating func photo(_ value: JSONValue) throws(RecordFault) -> JSONValue? {
        guard let text = value.string, FieldRules.isURL(text) else { throw .profile("Photo is not a URL") }
        guard PropertyLimits.isLonger(text, than: PropertyLimits.valueLength) else { return value }
        properties.note("Photo", "left out: it has more than \(PropertyLimits.valueLength) characters")
        return nil
    }

    private mutating func readCustom(_ name: String, _ value: JSONValue) throws(RecordFault) {
        let result = try own { properties throws(PropertyReader.Problem) -> PropertyChange? in
            guard try properties.takesName(name, alsoForbidden: "#") else { return nil }
            return try properties.change(value, of: name)
        }
        if let result { change.properties[name] = result }
    }

    private mutating func own<Value>(
        _ body: (inout PropertyReader) throws(PropertyReader.Problem) -> Value
    ) throws(RecordFault) -> Value {
        do { return try body(&properties) } catch { throw .profile(error.text) }
    }
}
