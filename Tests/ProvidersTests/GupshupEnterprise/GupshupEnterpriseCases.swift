import Core
import Providers
import WhatsApp

extension ProviderCases {
    static let gupshupEnterprise = ProviderCases(
        provider: GupshupEnterpriseProvider(), line: .gupshupEnterprise(), folder: "GupshupEnterprise/Payloads",
        outgoing: GupshupEnterpriseCases.templates + GupshupEnterpriseCases.freeForm + GupshupEnterpriseCases.refused,
        answers: GupshupEnterpriseCases.answers,
        incoming: GupshupEnterpriseCases.reports + GupshupEnterpriseCases.otherReports + GupshupEnterpriseCases.inbound
            + GupshupEnterpriseCases.otherInbound)
}

/// The cases of Gupshup's enterprise gateway; each list is in a file of its own.
enum GupshupEnterpriseCases {
    /// The gateway's id of our message, in all payload files.
    static let id = "4600000000000000001-300000000000000001"
    /// The time of all reports and messages but those of a read message.
    static let ten = Timestamp(seconds: 1_793_613_600)
}

extension Line {
    static func gupshupEnterprise(
        _ credentials: Credentials = .gupshupEnterprise, baseURL: String = "https://media.smsgupshup.com"
    ) -> Line {
        Line(number: .office, baseURL: baseURL, credentials: credentials)
    }
}

extension Credentials {
    static let gupshupEnterprise = Credentials([
        "hsm_user_id": "2000000001", "hsm_password": "hsm&pass=1%", "two_way_user_id": "2000000002", "two_way_password": "two+way2%",
    ])

    /// Of a channel that sends templates only.
    static let gupshupTemplates = Credentials(["hsm_user_id": "2000000001", "hsm_password": "hsm&pass=1%"])
}
