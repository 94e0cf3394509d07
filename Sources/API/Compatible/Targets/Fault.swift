import Core

/// The vendor's words for what is wrong with a call about campaigns; its tests look for them.
enum Fault {
    static func empty(_ field: String) -> InputError { plain("Field \(field) is empty") }
    static func empty(_ field: String, inside outer: String) -> InputError { plain("Field \(field) is empty (inside \(outer))") }
    static func noGroup(_ name: String) -> InputError { plain("No custom control group with name \(name) is defined") }
    static let query = plain("Query specified in where failed to parse")
    static let nickname = plain("InCorrect provider_nick_name!")
    static let notCompleted = "This target hasn't been completed"

    static func plain(_ message: String) -> InputError { InputError(code: "invalid_target", message) }
}
