import Core
import Providers
import WhatsApp

extension ProviderCases {
    static let meta = ProviderCases(
        provider: MetaProvider(), line: .meta, folder: "Meta/Payloads", outgoing: MetaCases.outgoing + MetaCases.refused,
        answers: MetaCases.answers, incoming: MetaCases.statuses + MetaCases.messages + MetaCases.notices)
}

/// The rows of Meta's table, by topic.
enum MetaCases {}

extension Line {
    static let meta = meta([:])

    /// Meta's line with some credentials changed; nil takes one away.
    static func meta(_ changes: [String: String?], baseURL: String = "https://graph.facebook.com") -> Line {
        let usual = [
            "access_token": "EAAGexampletoken0001", "phone_number_id": "700000000000001", "waba_id": "800000000000001",
            "app_secret": "0123456789abcdef0123456789abcdef", "verify_token": "our-word-17",
        ]
        let values = usual.merging(changes.compactMapValues { $0 }, uniquingKeysWith: { $1 }).filter { changes[$0.key] != .some(nil) }
        return Line(number: .office, baseURL: baseURL, credentials: Credentials(values))
    }
}

extension ScopedUserID {
    static let metaOna = metaUser("LT.90000000000000000001")
    static let metaJonas = metaUser("LT.90000000000000000002")

    static func metaUser(_ text: String) -> ScopedUserID {
        guard let id = ScopedUserID(text) else { preconditionFailure("\(text) is no id") }
        return id
    }
}

extension PhoneNumber {
    static let metaJonas = metaNumber("37060000002")
    static let metaOnaLater = metaNumber("37060000009")

    static func metaNumber(_ digits: String) -> PhoneNumber {
        guard let number = PhoneNumber(digits: digits) else { preconditionFailure("\(digits) is no number") }
        return number
    }
}
