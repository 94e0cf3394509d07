import Core
import Providers
import WhatsApp

extension ProviderCases {
    static let generic = ProviderCases(
        provider: GenericProvider(), line: .generic(), folder: "Generic/Payloads",
        outgoing: GenericCases.templates + GenericCases.freeForm + GenericCases.refused, answers: GenericCases.answers,
        incoming: GenericCases.statuses + GenericCases.otherStatuses + GenericCases.inbound + GenericCases.otherInbound)
}

/// The cases of the contract for generic providers; each list is in a file of its own.
enum GenericCases {
    /// The reference in all payload files, as a text.
    static let id = "7654321098765432"
    /// The time of all statuses and messages.
    static let ten = Timestamp(seconds: 1_793_613_600)
}

extension Line {
    static func generic(_ credentials: Credentials = .generic, baseURL: String = "https://hook.example.test/v1/whatsapp") -> Line {
        Line(number: .office, baseURL: baseURL, credentials: credentials)
    }
}

extension Credentials {
    static let generic = Credentials(["username": "whimbrel", "password": "pa:ss+1"])
    /// Of a channel that signs in with a header of its own.
    static let genericHeader = Credentials(["header_name": "X-Api-Key", "header_value": "Key a1b2c3"])
}
