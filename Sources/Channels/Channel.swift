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
    package let limits: ChannelLimits
    /// Whether campaigns that name no channel use this one; one channel of an account does.
    package let isDefault: Bool
    package let createdAt: Timestamp
    package let health: ChannelHealth
    /// What the provider needs, credentials included. Printing it shows the names of the credentials only.
    package let line: Line
}

/// How a channel fares, as its provider tells.
package struct ChannelHealth: Hashable, Sendable {
    /// Why nothing goes out; nil when it may.
    package var hold: Hold?
    /// When the provider last said afterwards that messages came too fast.
    package var slowedAt: Timestamp?
    /// The provider's last word about the number or the account, for a person to read.
    package var notice: String?
    package var noticedAt: Timestamp?
    /// When the list of templates was last taken over.
    package var syncedAt: Timestamp?

    static let fresh = ChannelHealth()
}
