import Core
import Providers
import WhatsApp

extension ProviderCases {
    static let gupshup = ProviderCases(
        provider: GupshupProvider(), line: .gupshup(), folder: "Gupshup/Payloads", outgoing: gupshupOutgoing, answers: gupshupAnswers,
        incoming: gupshupReceipts + gupshupInbound + gupshupNotices)
}

extension Line {
    /// The channel of the payload files; a credential that is nil is taken out.
    static func gupshup(_ changes: [String: String?] = [:], at baseURL: String = "https://api.gupshup.io") -> Line {
        let usual: [String: String?] = ["api_key": GupshupSample.key, "app_name": "MyShop", "app_id": GupshupSample.app]
        let credentials = usual.merging(changes) { $1 }.compactMapValues { $0 }
        return Line(number: .office, baseURL: baseURL, credentials: Credentials(credentials))
    }
}

/// What the payload files have in common.
enum GupshupSample {
    static let key = "k1e2y3-of-the-shop"
    static let app = "c0ffee00-0000-4000-8000-00000000c003"
    static let template = "7e3a91d2-0000-4000-8000-00000000d004"
    /// Gupshup's id of our message, and WhatsApp's.
    static let gsID = "a1f2b3c4-0000-4000-8000-00000000a001"
    static let waID = "5b0e6d7f-0000-4000-8000-00000000b002"
    /// Of the envelopes, and ten seconds earlier, of the events themselves.
    static let made = Timestamp(seconds: 1_793_613_600)
    static let happened = Timestamp(seconds: 1_793_613_590)
    static let userID = ScopedUserID("LT.90000000000000000001")
}
