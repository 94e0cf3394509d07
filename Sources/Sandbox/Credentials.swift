import Core

/// What an account shows to its vendor, and the vendor to it. Secrets of a sandbox protect nothing, so they are kept and
/// compared as they are.
package enum Credentials: Hashable, Sendable {
    case vonage(VonageCredentials)
    case meta(MetaCredentials)
    case gupshup(GupshupCredentials)
    case gupshupEnterprise(EnterpriseCredentials)
    case generic(GenericCredentials)

    package var vendor: Vendor {
        switch self {
        case .vonage: .vonage
        case .meta: .meta
        case .gupshup: .gupshup
        case .gupshupEnterprise: .gupshupEnterprise
        case .generic: .generic
        }
    }

    /// The texts by which the account is found when a request shows one of them.
    var marks: [String] {
        switch self {
        case .vonage(let credentials): credentials.marks
        case .meta(let credentials): credentials.marks
        case .gupshup(let credentials): credentials.marks
        case .gupshupEnterprise(let credentials): credentials.marks
        case .generic(let credentials): credentials.marks
        }
    }

    /// The key of an account that was given none.
    var usualKey: String {
        switch self {
        case .vonage(let credentials): credentials.apiKey
        case .meta(let credentials): "meta-\(credentials.phoneNumberID)"
        case .gupshup(let credentials): "gupshup-\(credentials.appName)"
        case .gupshupEnterprise(let credentials): "gupshup_enterprise-\(credentials.hsmUserID)"
        case .generic(let credentials): "generic-\(credentials.name)"
        }
    }

    init(_ vendor: Vendor, _ json: JSONValue) throws(InputError) {
        switch vendor {
        case .vonage: self = .vonage(try VonageCredentials(json))
        case .meta: self = .meta(try MetaCredentials(json))
        case .gupshup: self = .gupshup(try GupshupCredentials(json))
        case .gupshupEnterprise: self = .gupshupEnterprise(try EnterpriseCredentials(json))
        case .generic: self = .generic(try GenericCredentials(json))
        }
    }
}
