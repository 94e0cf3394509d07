import Core

/// One customer of the pretend vendor: who may send, from which number, and where callbacks go.
package struct SandboxAccount: Hashable, Sendable {
    /// User name and password of HTTP Basic.
    package var key: String
    package var secret: String
    /// The key that callbacks are signed with, at least 32 bytes (the vendor's rule for its dashboard setting).
    package var signatureSecret: String
    /// The only number it may send from, digits; nil lets it send from any.
    package var number: String?
    /// Where replies and statuses are posted; without one they are not posted at all.
    package var inboundURL: String?
    package var statusURL: String?

    package init(
        key: String, secret: String, signatureSecret: String, number: String? = nil, inboundURL: String? = nil,
        statusURL: String? = nil
    ) {
        (self.key, self.secret, self.signatureSecret, self.number) = (key, secret, signatureSecret, number)
        (self.inboundURL, self.statusURL) = (inboundURL, statusURL)
    }

    /// The account that a sandbox has when nobody says otherwise. It has no callbacks yet.
    package static let standard = SandboxAccount(
        key: "sandbox-key", secret: "sandbox-secret", signatureSecret: "sandbox-signature-secret-0123456789",
        number: "14155550100")
}

extension SandboxAccount {
    /// Reads `{key, secret, signature_secret, number?, callbacks?: {inbound?, status?}}`.
    /// - Throws: for a missing, malformed or unknown key.
    init(_ json: JSONValue) throws(InputError) {
        let members = try json.members(allowing: ["key", "secret", "signature_secret", "number", "callbacks"])
        key = try members.text("key", 1...100)
        guard !key.contains(":") else {
            throw InputError(code: "invalid_key", field: "key", "key may not contain a colon, for HTTP Basic splits at it")
        }
        secret = try members.text("secret", 1...200)
        signatureSecret = try members.text("signature_secret", 32...500)
        number = try members.optionalText("number", 1...15)
        if let number, PhoneNumber(digits: number) == nil {
            throw InputError(code: "invalid_number", field: "number", "number is 8 to 15 digits without a plus sign")
        }
        let callbacks = try (json["callbacks"] ?? [:]).members(allowing: ["inbound", "status"])
        inboundURL = try Self.address(in: callbacks, "inbound")
        statusURL = try Self.address(in: callbacks, "status")
    }

    private static func address(in callbacks: [String: JSONValue], _ key: String) throws(InputError) -> String? {
        guard let address = try callbacks.optionalText(key, 1...2000) else { return nil }
        guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
            throw InputError(code: "invalid_url", field: "callbacks.\(key)", "a callback is an http or https address")
        }
        return address
    }

    /// Everything but the secrets.
    var json: JSONValue {
        [
            "key": .string(key), "number": JSONValue(number),
            "callbacks": ["inbound": JSONValue(inboundURL), "status": JSONValue(statusURL)],
        ]
    }
}
