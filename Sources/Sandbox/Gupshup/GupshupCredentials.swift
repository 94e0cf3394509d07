import Core

/// An app of Gupshup's self-serve platform.
package struct GupshupCredentials: Hashable, Sendable {
    /// The shape of callbacks.
    enum PayloadVersion: String, Sendable {
        case own = "2"
        /// Meta's envelope with Gupshup's ids added.
        case passthrough = "3"
    }

    var apiKey: String
    var appName: String
    var appID: String
    /// Sent with callbacks as `X-Webhook-Secret`, as the customer may set up; nil for no such header.
    var webhookSecret: String?
    var payloadVersion = PayloadVersion.own

    /// The key alone, with the app's name, and with its id.
    var marks: [String] { [Self.mark(apiKey), Self.mark(apiKey, appName), Self.mark(apiKey, appID)] }

    /// - Parameter app: its name or id.
    static func mark(_ key: String, _ app: String = "") -> String { "gupshup \(key) \(app)" }

    /// Reads `{api_key, app_name, app_id, webhook_secret?, payload_version?}`; the version is "2" or "3".
    init(_ json: JSONValue) throws(InputError) {
        let members = try json.members(allowing: ["api_key", "app_name", "app_id", "webhook_secret", "payload_version"])
        apiKey = try members.text("api_key", 1...200)
        appName = try members.text("app_name", 1...100)
        appID = try members.text("app_id", 1...100)
        webhookSecret = try members.optionalText("webhook_secret", 1...500)
        guard let version = try members.optionalText("payload_version", 1...10) else { return }
        guard let known = PayloadVersion(rawValue: version) else {
            throw InputError(code: "invalid_payload_version", field: "payload_version", "payload_version is \"2\" or \"3\"")
        }
        payloadVersion = known
    }
}

extension SandboxAccount {
    /// Nil with another vendor.
    var gupshup: GupshupCredentials? { if case .gupshup(let credentials) = credentials { credentials } else { nil } }
}
