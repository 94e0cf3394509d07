/// Why one record of a call is refused: a code and a text as the vendor's own service gives them (vendor document,
/// "codes per record", and recordings of real answers; the texts of 512, 514, 522 to 524 and 526 are ours).
package struct RecordFault: Error, Hashable, Sendable {
    package let code: Int
    private let text: String

    /// The text for the record at `number`, counted from 1.
    package func message(record number: Int) -> String { "\(text)Skipped record number : \(number)" }
}

extension RecordFault {
    static func profile(_ what: String, code: Int = 512) -> Self {
        Self(code: code, text: "Profile data is incorrect. \(what).")
    }

    static func eventName(_ what: String, code: Int = 512) -> Self {
        Self(code: code, text: "Event Name is incorrect. ErrorCode: \(code) - \(what). ")
    }

    static func eventData(_ what: String, code: Int = 512) -> Self {
        Self(code: code, text: "Event data is incorrect. ErrorCode: \(code) - \(what). ")
    }

    static func token(_ code: Int, _ what: String) -> Self {
        Self(code: code, text: "Token data is incorrect. ErrorCode: \(code) - \(what). ")
    }

    static func subscription(_ what: String) -> Self {
        Self(code: 512, text: "Subscription data is incorrect. ErrorCode: 512 - \(what). ")
    }

    static let eventNameMissing = eventName("Event name is mandatory", code: 509)
    static let restrictedEvent = eventName("Trying to raise a restricted system event", code: 513)
    static let tooManyEventTypes = eventName("The account has 512 event types, which is the limit", code: 512)
    static let gender = profile("Gender needs to be M/F", code: 514)
    static let email = profile("Email is not valid", code: 515)
    static let phone = profile("Phone number is not valid", code: 516)
    static let employed = profile("Employed needs to be Y/N", code: 517)
    static let education = profile("Education needs to be School/College/Graduate.", code: 518)
    static let married = profile("Married needs to be Y/N", code: 519)
    static let age = profile("Age is invalid", code: 520)
    static let tooManyEventProperties = eventData("An event may have 256 properties", code: 522)
    static let who = Self(code: 523, text: "At least one of identity, fbId, gpId, objectId under 1024 characters is needed. ")
    static let kind = Self(code: 524, text: "Record is neither a profile nor an event. ")
    static let time = Self(code: 525, text: "Timestamp should be present in the Unix Epoch format. ")
    static let objectID = Self(code: 526, text: "objectId is not valid. ")
    static let nullCharacter = Self(code: 512, text: "Record structure is not valid. ErrorCode: 512 - U+0000 is not allowed. ")
}
