import Core

/// An account with Vonage: key and secret for HTTP Basic, an application with its key for tokens, or both.
package struct VonageCredentials: Hashable, Sendable {
    var apiKey: String
    var apiSecret: String
    /// The key that callbacks are signed with, at least 32 bytes.
    var signatureSecret: String
    var applicationID: String?
    /// The public half of the application's key.
    var applicationKey: ApplicationKey?

    init(apiKey: String, apiSecret: String, signatureSecret: String) {
        (self.apiKey, self.apiSecret, self.signatureSecret) = (apiKey, apiSecret, signatureSecret)
    }

    var marks: [String] {
        ["vonage " + Base64.encode("\(apiKey):\(apiSecret)".utf8)] + (applicationID.map { ["vonage application \($0)"] } ?? [])
    }
}

extension VonageCredentials {
    /// Reads `{api_key, api_secret, signature_secret, application_id?, private_key?}`; the key is PEM, private or public.
    init(_ json: JSONValue) throws(InputError) {
        let members = try json.members(allowing: ["api_key", "api_secret", "signature_secret", "application_id", "private_key"])
        self.init(
            apiKey: try Self.name(members, "api_key"), apiSecret: try members.text("api_secret", 1...200),
            signatureSecret: try members.text("signature_secret", 32...500))
        applicationID = try members.optionalText("application_id", 1...100)
        guard let text = try members.optionalText("private_key", 1...10_000) else { return }
        guard let key = ApplicationKey(pem: text) else {
            throw InputError(code: "invalid_private_key", field: "private_key", "private_key is an RSA key of at least 2,048 bits as PEM")
        }
        applicationKey = key
    }

    /// Reads them from among the members of the account itself: `{key, secret, signature_secret}`.
    init(accountMembers members: [String: JSONValue]) throws(InputError) {
        self.init(
            apiKey: try Self.name(members, "key"), apiSecret: try members.text("secret", 1...200),
            signatureSecret: try members.text("signature_secret", 32...500))
    }

    private static func name(_ members: [String: JSONValue], _ key: String) throws(InputError) -> String {
        let name = try members.text(key, 1...100)
        guard !name.contains(":") else {
            throw InputError(code: "invalid_key", field: key, "\(key) may not contain a colon, for HTTP Basic splits at it")
        }
        return name
    }
}

extension SandboxAccount {
    /// Nil with another vendor.
    var vonage: VonageCredentials? { if case .vonage(let credentials) = credentials { credentials } else { nil } }

    /// The password of HTTP Basic of an account with Vonage; empty with another vendor.
    package var secret: String { vonage?.apiSecret ?? "" }
    /// The key that the callbacks of an account with Vonage are signed with; empty with another vendor.
    package var signatureSecret: String { vonage?.signatureSecret ?? "" }
}
