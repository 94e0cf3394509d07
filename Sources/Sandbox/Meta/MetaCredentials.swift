import Core

/// A number at Meta's Cloud API, with the app that writes for it.
package struct MetaCredentials: Hashable, Sendable {
    var accessToken: String
    var phoneNumberID: String
    var businessAccountID: String
    /// The key that callbacks are signed with.
    var appSecret: String
    var verifyToken: String

    /// The token alone, with the number, and with the business account.
    var marks: [String] { [Self.mark(accessToken), Self.mark(accessToken, phoneNumberID), Self.mark(accessToken, businessAccountID)] }

    /// - Parameter id: a number's or a business account's.
    static func mark(_ token: String, _ id: String = "") -> String { "meta \(id) \(token)" }

    /// Reads `{access_token, phone_number_id, waba_id, app_secret, verify_token}`; the ids are digits.
    init(_ json: JSONValue) throws(InputError) {
        let members = try json.members(allowing: ["access_token", "phone_number_id", "waba_id", "app_secret", "verify_token"])
        accessToken = try members.text("access_token", 1...1000)
        phoneNumberID = try Self.id(members, "phone_number_id")
        businessAccountID = try Self.id(members, "waba_id")
        appSecret = try members.text("app_secret", 1...500)
        verifyToken = try members.text("verify_token", 1...500)
    }

    private static func id(_ members: [String: JSONValue], _ key: String) throws(InputError) -> String {
        let id = try members.text(key, 1...30)
        guard id.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw InputError(code: "invalid_\(key)", field: key, "\(key) is digits")
        }
        return id
    }
}

extension SandboxAccount {
    /// Nil with another vendor.
    var meta: MetaCredentials? { if case .meta(let credentials) = credentials { credentials } else { nil } }
}
