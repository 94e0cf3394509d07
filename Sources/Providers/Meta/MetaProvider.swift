package import Core
package import WhatsApp

/// Meta's WhatsApp Business Cloud API (developers.facebook.com/documentation/business-messaging/whatsapp).
///
/// Credentials: `access_token` of a system user signs requests, `phone_number_id` is the sending number's id, `app_secret`
/// proves webhooks, `verify_token` answers the test of a callback address. `waba_id`, the business account, may be left out
/// and is needed for the list of templates; `api_version` may be left out and is `v25.0` then.
package struct MetaProvider: Provider {
    package let name = "meta"
    package let baseURL: String? = "https://graph.facebook.com"
    /// Meta's ceiling is 80 messages a second and number, what comes in included.
    package func limits(for credentials: Credentials) -> ProviderLimits { ProviderLimits(perSecond: 60) }

    package init() {}

    /// Wants all but `waba_id` and `api_version`, ids in digits.
    package func check(_ credentials: Credentials) throws(InputError) {
        try Self.require("access_token", Self.isSecret(credentials["access_token"], atMost: 1024), "1 to 1,024 characters without spaces")
        try Self.require("phone_number_id", Self.isNumber(credentials["phone_number_id"]), "up to 32 digits")
        try Self.require("app_secret", Self.isSecret(credentials["app_secret"], atMost: 256), "1 to 256 characters without spaces")
        try Self.require("verify_token", Self.isSecret(credentials["verify_token"], atMost: 256), "1 to 256 characters without spaces")
        try Self.require("waba_id", credentials["waba_id"] == nil || Self.isNumber(credentials["waba_id"]), "up to 32 digits")
        let version = credentials["api_version"]
        try Self.require("api_version", version.map(MetaAccess.isVersion) != false, "a version such as v25.0")
    }

    private static func require(_ name: String, _ holds: Bool, _ form: String) throws(InputError) {
        guard !holds else { return }
        throw InputError(
            code: "invalid_credentials", field: "credentials.\(name)", "For a Meta channel \(name) is \(form).")
    }

    private static func isSecret(_ text: String?, atMost limit: Int) -> Bool {
        guard let text, (1...limit).contains(text.utf8.count) else { return false }
        return text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func isNumber(_ text: String?) -> Bool {
        guard let text, (1...32).contains(text.utf8.count) else { return false }
        return text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
