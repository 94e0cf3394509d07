import Core

/// The providers that flows run over, each with credentials under the names that channels and the sandbox share.
enum FlowProvider: String, CaseIterable, Sendable, CustomStringConvertible {
    case vonage, meta, gupshup
    case enterprise = "gupshup_enterprise"
    case generic

    var description: String { rawValue }

    static let signatureSecret = "flow-signature-secret-0123456789abcdef"

    var credentials: JSONValue {
        switch self {
        case .vonage: ["api_key": "flow-key", "api_secret": "flow-secret", "signature_secret": .string(Self.signatureSecret)]
        case .meta:
            [
                "access_token": "flow-token-0123456789", "phone_number_id": "700000000000001", "waba_id": "800000000000001",
                "app_secret": "0123456789abcdef0123456789abcdef", "verify_token": "flow-verify-token",
            ]
        case .gupshup:
            [
                "api_key": "flow-gupshup-key", "app_name": "FlowApp", "app_id": "11112222-aaaa-bbbb-cccc-333344445555",
                "webhook_secret": .string(Self.signatureSecret),
            ]
        case .enterprise:
            [
                "hsm_user_id": "2000000001", "hsm_password": "flow-hsm-password", "two_way_user_id": "2000000002",
                "two_way_password": "flow-two-way",
            ]
        case .generic: ["username": "flow-user", "password": "flow-password-123"]
        }
    }

    /// Where the channel is told to send: the sandbox plays all vendors at one address.
    func baseURL(_ sandbox: String) -> String { self == .generic ? sandbox + "/generic/send" : sandbox }

    /// Whether callbacks carry a proof that can be wrong.
    var signs: Bool { self == .vonage || self == .meta || self == .gupshup }

    /// Whether messages of templates need the provider's own id of them.
    var needsSync: Bool { self == .gupshup }
}
