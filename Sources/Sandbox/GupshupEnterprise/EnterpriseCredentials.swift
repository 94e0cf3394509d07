import Core

/// A customer of Gupshup's enterprise gateway: one login for templates, one for replies.
package struct EnterpriseCredentials: Hashable, Sendable {
    var hsmUserID: String
    var hsmPassword: String
    var twoWayUserID: String
    var twoWayPassword: String

    var marks: [String] { [Self.mark(hsmUserID, hsmPassword), Self.mark(twoWayUserID, twoWayPassword)] }

    static func mark(_ user: String, _ password: String) -> String { "gupshup_enterprise \(user) \(password)" }

    /// Reads `{hsm_user_id, hsm_password, two_way_user_id, two_way_password}`.
    init(_ json: JSONValue) throws(InputError) {
        let members = try json.members(allowing: ["hsm_user_id", "hsm_password", "two_way_user_id", "two_way_password"])
        hsmUserID = try members.text("hsm_user_id", 1...100)
        hsmPassword = try members.text("hsm_password", 1...200)
        twoWayUserID = try members.text("two_way_user_id", 1...100)
        twoWayPassword = try members.text("two_way_password", 1...200)
    }
}

extension SandboxAccount {
    /// Nil with another vendor.
    var enterprise: EnterpriseCredentials? { if case .gupshupEnterprise(let credentials) = credentials { credentials } else { nil } }
}
