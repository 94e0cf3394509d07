package import Core
package import WhatsApp

/// One sending number at one provider.
package struct Channel: Hashable, Sendable {
    package let id: ChannelID
    package let accountID: AccountID
    /// Unique in its account.
    package let nickname: String
    /// The provider's name: `vonage`.
    package let provider: String
    /// The company's own number.
    package let number: PhoneNumber
    /// Scheme, host and maybe a path, without a slash at the end.
    package let baseURL: String
    /// The secret part of the channel's callback addresses, `/hooks/<token>/inbound` and `/status`.
    package let hookToken: String
    /// How many messages go out in a second, 0.1 to 10000.
    package let perSecond: Double
    /// Whether campaigns that name no channel use this one; one channel of an account does.
    package let isDefault: Bool
    package let createdAt: Timestamp
    /// What the provider needs, credentials included. Printing it shows the names of the credentials only.
    package let line: Line
}
