package import Channels
import Core
package import WhatsApp

/// Fetches files that people sent, from the provider's own hosts and nowhere else: the provider says which addresses are
/// its own, and where it is reached is checked when it is dialled, as for every request.
package struct MediaFetcher: Sendable {
    /// Documents may have 100 MB (`providers.md` 6.4).
    package static let largest = 100 * 1024 * 1024

    private let providers: ProviderList
    private let client: ProviderClient
    private let clock: WallClock

    package init(context: SendingContext) { (providers, client, clock) = (context.providers, context.client, context.clock) }

    /// Opens a file. Where the provider first names its address, that is asked for, too.
    /// - Throws: `SendFailure` for an address that is not the provider's, and when it does not give the file.
    package func open(_ media: MediaReference, over channel: Channel) async throws(SendFailure) -> MediaFile {
        guard let provider = providers[channel.provider] else {
            throw SendFailure(.reject, code: "unknown_provider", summary: "This version does not speak its provider.")
        }
        let request = try provider.mediaRequest(for: media, over: channel.line, at: clock.now())
        guard case .id = media else { return try await client.stream(request) }
        let (status, body) = try await client.fetch(request)
        guard (200..<300).contains(status), let link = provider.mediaReference(in: body, answering: media) else {
            throw SendFailure(.reject, code: "http_\(status)", summary: "The provider does not say where the file is.")
        }
        return try await client.stream(try provider.mediaRequest(for: link, over: channel.line, at: clock.now()))
    }
}
