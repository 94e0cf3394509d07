/// Whose wire an account speaks.
package enum Vendor: String, CaseIterable, Hashable, Sendable {
    case vonage, meta, gupshup, generic
    case gupshupEnterprise = "gupshup_enterprise"

    /// For people.
    var label: String {
        switch self {
        case .vonage: "Vonage"
        case .meta: "Meta"
        case .gupshup: "Gupshup"
        case .gupshupEnterprise: "Gupshup Enterprise"
        case .generic: "Generic"
        }
    }

    /// What this vendor calls a message; nil when it has no name of its own for one.
    func name(of id: MessageUUID) -> String? {
        switch self {
        case .vonage, .gupshup: id.description
        case .meta: id.wamid
        case .gupshupEnterprise: id.enterpriseID
        case .generic: nil
        }
    }
}
