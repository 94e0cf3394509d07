/// Meta's numbers for what goes wrong. The same ones are in refusals, in failed statuses and, in part, with the vendors
/// that stand before Meta.
enum MetaCodes {
    static func code(of mishap: Mishap) -> Int {
        switch mishap {
        case .asTold, .unreachable: 131_026
        case .optedOut: 131_050
        case .marketingCap: 131_049
        case .pairLimited: 131_056
        // What Meta gives for an exhausted messaging limit is not documented; this is the nearest that is.
        case .tierReached: 131_048
        case .templateUnknown: 132_001
        case .templatePaused: 132_015
        case .templateDisabled: 132_016
        case .templateParameters: 132_000
        }
    }

    static func detail(of mishap: Mishap) -> String {
        switch mishap {
        case .asTold, .unreachable: "The recipient cannot be reached on WhatsApp."
        case .optedOut: "The recipient chose not to get marketing messages from this business."
        case .marketingCap: "Held back for a healthy ecosystem engagement."
        case .pairLimited: "Too many messages to this recipient in a short time."
        case .tierReached: "The business has started as many conversations as it may in 24 hours."
        case .templateUnknown: "There is no such template in this language."
        case .templatePaused: "The template is paused because of its quality."
        case .templateDisabled: "The template is disabled because of its quality."
        case .templateParameters: "The number of parameters does not fit the template."
        }
    }

    /// Meta changes these; nobody should look at them.
    static func title(of code: Int) -> String {
        titles[code] ?? "The request was refused"
    }

    private static let titles = [
        4: "Application request limit reached", 10: "Permission denied", 100: "Invalid parameter", 190: "Access token is not valid",
        368: "Temporarily blocked for policy violations", 80007: "Rate limit of the business account reached",
        130_429: "Rate limit hit", 131_000: "Something went wrong", 131_008: "Required parameter is missing",
        131_009: "Parameter value is not valid", 131_016: "Service unavailable", 131_026: "Message undeliverable",
        131_031: "Account has been locked", 131_042: "Business eligibility payment issue", 131_047: "Re-engagement message",
        131_048: "Spam rate limit hit", 131_049: "Not delivered to keep engagement healthy", 131_050: "Recipient stopped marketing",
        131_051: "Message type unknown", 131_056: "Pair rate limit hit", 132_000: "Number of parameters does not match",
        132_001: "Template name does not exist in the translation", 132_007: "Template content violates policy",
        132_012: "Parameter format does not match", 132_015: "Template is paused", 132_016: "Template is disabled",
        132_018: "Invalid template parameters",
    ]

    static func status(of code: Int) -> Int {
        switch code {
        case 0, 190: 401
        case 3, 10, 200...299, 368, 131_005, 131_031, 130_497: 403
        case 132_001: 404
        case 4, 613, 80007, 130_429: 429
        case 1, 2, 131_000, 131_057, 135_000: 500
        case 131_016: 503
        default: 400
        }
    }

    static func isTransient(_ code: Int) -> Bool { [1, 2, 4, 80007, 130_429, 131_000, 131_016, 131_056, 131_057].contains(code) }
}
