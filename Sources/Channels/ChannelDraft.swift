package import Core
package import WhatsApp

/// A channel as somebody asked for it, checked.
package struct ChannelDraft: Hashable, Sendable {
    package var nickname: String
    package var provider: String
    package var number: PhoneNumber
    package var baseURL: String
    package var credentials: Credentials
    package var perSecond: Double
    package var isDefault: Bool
}

extension ChannelDraft {
    /// Reads `{nickname, provider, number, credentials, base_url?, per_second?, is_default?}`.
    /// - Throws: `InputError` that names the field and the rule, and never repeats a credential.
    package init(json: JSONValue, providers: ProviderList) throws(InputError) {
        let input = try InputObject(
            json, code: "invalid_channel",
            keys: ["nickname", "provider", "number", "credentials", "base_url", "per_second", "is_default"])
        nickname = try input.line("nickname", limit: 60)
        let provider = try Self.provider(input, providers)
        self.provider = provider.name
        number = try Self.number(input)
        credentials = try Self.credentials(input)
        try provider.check(credentials)
        baseURL = try Self.baseURL(input) ?? provider.baseURL
        perSecond = try Self.perSecond(input) ?? provider.defaultRate
        isDefault = try input.flag("is_default", default: false)
    }

    private static func provider(_ input: InputObject, _ providers: ProviderList) throws(InputError) -> any Provider {
        let known = "Known providers are: \(providers.names.joined(separator: ", "))."
        guard let name = input["provider"]?.string else { throw input.error("provider", "The provider's name is missing. \(known)") }
        guard let provider = providers[name.lowercased()] else {
            throw InputError(code: "unknown_provider", field: "provider", "There is no provider of this name. \(known)")
        }
        return provider
    }

    private static func number(_ input: InputObject) throws(InputError) -> PhoneNumber {
        guard let number = input["number"]?.string.flatMap(PhoneNumber.init(_:)) else {
            throw InputError(
                code: "invalid_phone", field: "number",
                "The number must be in E.164: a plus sign, calling code and number, as in +14155551234.")
        }
        return number
    }

    private static func credentials(_ input: InputObject) throws(InputError) -> Credentials {
        guard let members = input["credentials"]?.object else {
            throw input.error("credentials", "credentials must be an object of texts.")
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where value.string == nil {
            throw input.error("credentials.\(name)", "Every credential is a text.")
        }
        return Credentials(members.compactMapValues(\.string))
    }

    private static func perSecond(_ input: InputObject) throws(InputError) -> Double? {
        guard let value = input["per_second"] else { return nil }
        guard let rate = value.number, (0.1...10_000).contains(rate) else {
            throw input.error("per_second", "per_second must be a number from 0.1 to 10000.")
        }
        return rate
    }

    private static func baseURL(_ input: InputObject) throws(InputError) -> String? {
        guard let value = input["base_url"] else { return nil }
        guard let text = value.string, let url = BaseURL.normal(text) else {
            throw input.error(
                "base_url", "base_url must be an http or https address without user, query or fragment, as in https://api.nexmo.com.")
        }
        return url
    }
}

/// The address that a provider's paths are put behind.
private enum BaseURL {
    /// The address without slashes at its end; nil when it is not `http(s)://host[:port][/path]`.
    static func normal(_ text: String) -> String? {
        guard text.utf8.count <= 300, let colon = text.firstIndex(of: ":") else { return nil }
        let scheme = text[..<colon].lowercased()
        guard scheme == "http" || scheme == "https", text[colon...].hasPrefix("://") else { return nil }
        var rest = text[text.index(colon, offsetBy: 3)...]
        guard rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !forbidden.contains($0) }) else { return nil }
        while rest.last == "/" { rest.removeLast() }
        guard isHostAndPort(rest.prefix { $0 != "/" }) else { return nil }
        return "\(scheme)://\(rest)"
    }

    private static let forbidden = Set("@?#\\\"'<>".utf8)

    private static func isHostAndPort(_ text: Substring) -> Bool {
        let isLiteral = text.first == "["
        let host = isLiteral ? text.prefix { $0 != "]" }.dropFirst() : text.prefix { $0 != ":" }
        let port = text[host.endIndex...].drop { $0 == "]" }
        guard !host.isEmpty, host.utf8.allSatisfy({ isHostByte($0) || isLiteral && $0 == UInt8(ascii: ":") }) else { return false }
        guard !isLiteral || text[host.endIndex...].hasPrefix("]") else { return false }
        guard !port.isEmpty else { return true }
        return port.first == ":" && port.dropFirst().utf8.allSatisfy { (48...57).contains($0) } && UInt16(port.dropFirst()) ?? 0 > 0
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}
