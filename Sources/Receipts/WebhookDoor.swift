package import Channels
package import Core
package import WhatsApp

/// Decides about webhook calls before anybody reads them: whose they are, and whether they are genuine.
package struct WebhookDoor: Sendable {
    private let channels: ChannelCache
    private let providers: ProviderList
    private let inbox: WebhookInbox
    private let clock: WallClock

    package init(channels: ChannelStore, providers: ProviderList, inbox: WebhookInbox, clock: WallClock) {
        self.channels = ChannelCache(channels, clock: clock)
        (self.providers, self.inbox, self.clock) = (providers, inbox, clock)
    }

    /// The channel whose callback addresses hold `token`, as it was at most five seconds ago; nil when there is none.
    /// - Throws: `StorageError`, and `SettingsError` when the channel's credentials cannot be opened.
    package func channel(token: String) async throws -> Channel? { try await channels.channel(token: token) }

    /// What to answer to a vendor's test of the address; nil when it does not know the channel's verify token.
    package func challenge(_ query: [String: String], on channel: Channel) -> String? {
        providers[channel.provider]?.challenge(query, over: channel.line)
    }

    /// Stores a call if its signature proves it. The same call twice is stored twice.
    /// - Returns: false when it is not genuine; then nothing was stored, and nothing of its body was looked at.
    /// - Throws: `StorageError`, and `SettingsError` when this program does not speak the channel's provider.
    package func take(_ webhook: WebhookRequest, kind: WebhookKind, on channel: Channel) async throws -> Bool {
        guard let provider = providers[channel.provider] else {
            throw SettingsError("This program does not speak the provider \(channel.provider) of channel \(channel.id).")
        }
        guard await provider.verify(webhook, over: channel.line, at: clock.now()) else { return false }
        try await inbox.store(kind, channel: channel.id, account: channel.accountID, body: webhook.body)
        return true
    }
}
