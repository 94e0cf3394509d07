import Core
import Providers
import WhatsApp

extension ProviderCases {
    static let vonage = ProviderCases(
        provider: VonageProvider(), line: .vonage, folder: "Vonage/Payloads", outgoing: VonageCases.outgoing,
        answers: VonageCases.answers, incoming: VonageCases.statuses + VonageCases.otherStatuses + VonageCases.inbound)

    static func vonageJSON(_ name: String) throws -> JSONValue { try JSONValue(parsing: vonage.bytes(name)) }
}

/// The cases of Vonage's Messages API; each list is in a file of its own.
enum VonageCases {
    /// The vendor's id of our message, in all payload files.
    static let uuid = "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"
    /// The time of all statuses.
    static let ten = Timestamp(seconds: 1_793_613_600)
}

extension Line {
    static let vonage = Line.vonage(.vonage)

    static func vonage(_ credentials: Credentials, baseURL: String = "https://api.example.test") -> Line {
        Line(number: .office, baseURL: baseURL, credentials: credentials)
    }
}

extension Credentials {
    static let vonage = Credentials(["api_key": "a1b2c3d4", "api_secret": "s3cret-s3cret", "signature_secret": VonageToken.secret])

    /// Of a channel that signs in as an application.
    static let vonageApplication = Credentials([
        "application_id": VonageToken.application, "private_key": VonageKeys.pkcs8, "signature_secret": VonageToken.secret,
        "waba_id": "100000000000001",
    ])
}

extension ScopedUserID {
    static let ona = known("LT.90000000000000000001")

    private static func known(_ text: String) -> ScopedUserID {
        guard let id = ScopedUserID(text) else { preconditionFailure("\(text) is no id") }
        return id
    }
}
