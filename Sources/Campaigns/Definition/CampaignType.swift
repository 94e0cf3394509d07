import Core

/// The four types of campaign that people make (claim 53), and one that calls make.
package enum CampaignType: String, Hashable, Sendable, CaseIterable {
    case oneTime = "one_time"
    case singleAction = "single_action"
    case inaction
    case dateTime = "date_time"
    /// Messages that a program asks for one call at a time; it has no audience and no schedule of its own.
    case direct

    /// What lists show unless they are asked for something else.
    package static let listed = Set(allCases).subtracting([.direct])

    /// Whether people qualify for as long as it runs, by what they do; a one-time campaign takes one look at everybody.
    package var isLive: Bool { self != .oneTime }

    static func read(_ input: InputObject) throws(InputError) -> Self {
        let word = input["type"]?.string ?? ""
        if let type = CampaignType(rawValue: word) { return type }
        guard !repeating.contains(word) else {
            throw InputError(
                code: "invalid_type", field: "type",
                "There are no \(word) campaigns on WhatsApp, to prevent misuse and spam. Make a one_time campaign for each date, "
                    + "or one of the live types \(live), which write to people because of what they do.")
        }
        throw InputError(code: "invalid_type", field: "type", "The types are one_time and the live ones \(live).")
    }

    /// What push and SMS have and WhatsApp has not (claims 50 to 52).
    private static let repeating: Set = ["recurring", "multiple_dates"]
    private static let live = "single_action, inaction and date_time"
}
