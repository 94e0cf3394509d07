package import Core
package import WhatsApp

/// A channel as somebody asked for it, checked.
package struct ChannelDraft: Hashable, Sendable {
    package var nickname: String
    package var provider: String
    package var number: PhoneNumber
    package var baseURL: String
    package var credentials: Credentials
    package var limits: ChannelLimits
    package var isDefault: Bool
}

/// What a channel may be.
package struct ChannelRules: Sendable {
    private let providers: ProviderList
    private let allowsPrivateAddresses: Bool

    /// - Parameter allowsPrivateAddresses: whether a channel's address may be on this machine or a private network, as the
    ///   sandbox is.
    package init(providers: ProviderList, allowsPrivateAddresses: Bool) {
        (self.providers, self.allowsPrivateAddresses) = (providers, allowsPrivateAddresses)
    }

    private static let keys = ["nickname", "provider", "number", "credentials", "base_url", "per_second", "limits", "is_default"]

    /// Reads `{nickname, provider, number, credentials, base_url?, per_second?, limits?, is_default?}`.
    /// - Throws: `InputError` that names the field and the rule, and never repeats a credential.
    package func draft(_ json: JSONValue) throws(InputError) -> ChannelDraft {
        let input = try InputObject(json, code: "invalid_channel", keys: Self.keys)
        let provider = try provider(input)
        let nickname = try input.line("nickname", limit: 60)
        let (number, credentials) = (try Self.number(input), try Self.credentials(input))
        try provider.check(credentials)
        guard let baseURL = try baseURL(input) ?? provider.baseURL else {
            throw input.error(
                "base_url", "A channel of the provider \(provider.name) needs base_url, the address that messages are posted to.")
        }
        let limits = provider.limits(for: credentials)
        let standard = ChannelLimits(perSecond: limits.perSecond, concurrency: limits.concurrency)
        return ChannelDraft(
            nickname: nickname, provider: provider.name, number: number, baseURL: baseURL, credentials: credentials,
            limits: try self.limits(input, over: standard), isDefault: try input.flag("is_default", default: false))
    }

    /// Lays the same members, all of them optional but the provider, which stays, over a channel. Credentials are laid
    /// over by name, so that a new token can be entered alone.
    package func changed(_ channel: Channel, by json: JSONValue) throws(InputError) -> ChannelDraft {
        let input = try InputObject(json, code: "invalid_channel", keys: Self.keys.filter { $0 != "provider" })
        guard let provider = providers[channel.provider] else { throw input.error("provider", "This version does not speak its provider.") }
        var credentials = channel.line.credentials
        if input["credentials"] != nil { credentials = credentials.merging(try Self.credentials(input)) }
        try provider.check(credentials)
        return ChannelDraft(
            nickname: try input.lineIfPresent("nickname", limit: 60) ?? channel.nickname, provider: channel.provider,
            number: input["number"] == nil ? channel.number : try Self.number(input), baseURL: try baseURL(input) ?? channel.baseURL,
            credentials: credentials, limits: try limits(input, over: channel.limits),
            isDefault: try input.flag("is_default", default: channel.isDefault) || channel.isDefault)
    }

    private func provider(_ input: InputObject) throws(InputError) -> any Provider {
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

    private func limits(_ input: InputObject, over limits: ChannelLimits) throws(InputError) -> ChannelLimits {
        // `per_second` stands beside `limits` since before there were others.
        let rate = try InputObject(
            .object(input.members.filter { $0.key == "per_second" }), code: "invalid_channel", keys: ["per_second"])
        let limits = try limits.changed(by: rate)
        guard input["limits"] != nil else { return limits }
        return try limits.changed(by: try input.object("limits", keys: ChannelLimits.keys))
    }

    private func baseURL(_ input: InputObject) throws(InputError) -> String? {
        guard let value = input["base_url"] else { return nil }
        guard let text = value.string, let url = BaseURL.normal(text) else {
            throw input.error(
                "base_url", "base_url must be an http or https address without user, query or fragment, as in https://api.nexmo.com.")
        }
        guard allowsPrivateAddresses || !BaseURL.isPrivate(url) else {
            throw InputError(
                code: "private_address", field: "base_url",
                "base_url leads to this machine or a private network. Set WHIMBREL_PRIVATE_PROVIDERS=allow if that is meant.")
        }
        return url
    }
}
