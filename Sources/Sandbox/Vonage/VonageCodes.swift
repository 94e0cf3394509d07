/// The vendor's codes (developer.vonage.com, "Messages API errors"). Those of answers and those of statuses are two
/// lists with some numbers in common.
enum VonageCodes {
    /// The HTTP status that comes with the code of an answer; 422 with all others.
    static let statuses = [
        "1010": 429, "unauthorized": 401, "jwt-expired": 401, "jwt-revoked": 401, "invalid-api-key": 401,
        "invalid-signature": 401, "low-balance": 402, "forbidden": 403, "unprovisioned": 403, "account-suspended": 403,
        "not-found": 404, "internal-error": 500,
    ]

    /// What a failed status says. The codes from 1399 on carry Meta's own in the detail.
    static func of(_ mishap: Mishap) -> (title: String, detail: String, word: DeliveryFailure.Word) {
        switch mishap {
        case .asTold, .unreachable: ("1300", "Not part of the provider network", .undeliverable)
        case .optedOut: ("1240", "The person opted out with STOP", .rejected)
        case .marketingCap: ("1399", "Held back for a healthy ecosystem engagement (131049)", .rejected)
        case .pairLimited: ("1241", "Too many messages to this number", .rejected)
        case .tierReached: ("1399", "The messaging limit of the business is reached (131048)", .rejected)
        case .templateUnknown: ("1022", "The template does not exist in this language (132001)", .rejected)
        case .templatePaused: ("1022", "The template is paused (132015)", .rejected)
        case .templateDisabled: ("1022", "The template is disabled (132016)", .rejected)
        case .templateParameters: ("1022", "The number of parameters does not fit the template (132000)", .rejected)
        }
    }
}
