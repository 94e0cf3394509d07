import Core

extension SandboxAccount {
    private static let keys: Set = ["key", "vendor", "credentials", "secret", "signature_secret", "number", "callbacks"]

    /// Reads `{vendor, key?, number, credentials, callbacks?: {inbound?, status?}}`, or, for Vonage,
    /// `{key, secret, signature_secret, number?, callbacks?}`. The names of the credentials stand with each vendor's.
    /// - Throws: for a missing, malformed or unknown key.
    init(_ json: JSONValue) throws(InputError) {
        let members = try json.members(allowing: Self.keys)
        let credentials = try Self.credentials(members)
        let key = try members.optionalText("key", 1...100) ?? credentials.usualKey
        let number = try members.optionalText("number", 1...15)
        if let number, PhoneNumber(digits: number) == nil {
            throw InputError(code: "invalid_number", field: "number", "number is 8 to 15 digits without a plus sign")
        }
        guard number != nil || credentials.vendor == .vonage else {
            throw InputError(code: "missing_number", field: "number", "number is missing")
        }
        let callbacks = try (json["callbacks"] ?? [:]).members(allowing: ["inbound", "status"])
        self.init(
            key: key, credentials: credentials, number: number, inboundURL: try Self.address(in: callbacks, "inbound"),
            statusURL: try Self.address(in: callbacks, "status"))
    }

    private static func credentials(_ members: [String: JSONValue]) throws(InputError) -> Credentials {
        guard members["vendor"] != nil || members["credentials"] != nil else {
            return .vonage(try VonageCredentials(accountMembers: members))
        }
        let word = try members.text("vendor", 1...40)
        guard let vendor = Vendor(rawValue: word) else {
            let known = Vendor.allCases.map(\.rawValue).joined(separator: ", ")
            throw InputError(code: "invalid_vendor", field: "vendor", "vendor is one of \(known)")
        }
        for key in ["secret", "signature_secret"] where members[key] != nil {
            throw InputError(code: "unknown_key", field: key, "\(key) belongs to the form without credentials")
        }
        return try Credentials(vendor, members["credentials"] ?? [:])
    }

    private static func address(in callbacks: [String: JSONValue], _ key: String) throws(InputError) -> String? {
        guard let address = try callbacks.optionalText(key, 1...2000) else { return nil }
        guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
            throw InputError(code: "invalid_url", field: "callbacks.\(key)", "a callback is an http or https address")
        }
        return address
    }

    /// Everything but the credentials.
    var json: JSONValue {
        [
            "key": .string(key), "vendor": .string(vendor.rawValue), "number": JSONValue(number),
            "callbacks": ["inbound": JSONValue(inboundURL), "status": JSONValue(statusURL)],
        ]
    }
}
