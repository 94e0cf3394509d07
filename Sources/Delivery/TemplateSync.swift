package import Channels
import Core
import Logging
import ServiceLifecycle
package import WhatsApp

/// Takes over the providers' lists of templates: on demand, and every hour by itself, so that a template which WhatsApp
/// approved, paused or dropped is known here.
package struct TemplateSync: Service {
    private static let interval = Duration.seconds(3600)
    /// Of a hundred templates and more each; a list that is longer does not end.
    private static let mostPages = 200

    private let channels: ChannelStore
    private let templates: TemplateStore
    private let providers: ProviderList
    private let client: ProviderClient
    private let clock: WallClock
    private let logger: Logger

    package init(context: SendingContext) {
        (channels, templates, providers) = (context.channels, context.templates, context.providers)
        (client, clock, logger) = (context.client, context.clock, context.logger)
    }

    /// Runs until the service is asked to stop.
    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await syncStale()
                try await Task.sleep(for: .seconds(60))
            }
        }
    }

    private func syncStale() async {
        do {
            let now = clock.now()
            for channel in try await channels.all() where now - (channel.health.syncedAt ?? Timestamp(seconds: 0)) >= Self.interval {
                do throws(SendFailure) { _ = try await sync(channel) } catch {
                    let words = channel.line.credentials.redacted(error.summary)
                    logger.warning(
                        "Templates could not be synced.",
                        metadata: ["channel": "\(channel.id)", "code": "\(error.code)", "says": "\(words)"])
                }
                try await channels.markSynced(channel.id, at: now)  // also after a failure: the next try is in an hour
            }
        } catch {
            logger.error("Looking for templates to sync failed.", metadata: ["error": "\(error)"])
        }
    }

    /// Reads the whole list page by page, then takes it over at once, so that a list that breaks off changes nothing.
    /// - Returns: what changed; nil when the vendor has no list, or the channel's credentials do not reach it.
    /// - Throws: `SendFailure` when the provider refused or could not be understood.
    package func sync(_ channel: Channel) async throws(SendFailure) -> TemplateChanges? {
        guard let provider = providers[channel.provider] else { return nil }
        var (listed, page, pages) = ([ListedTemplate](), String?.none, 0)
        repeat {
            guard let request = try request(for: page, of: channel, from: provider) else { return nil }
            let (status, body) = try await client.fetch(request)
            let answer = try provider.templates(status: status, body: body, page: page)
            listed += answer.templates
            (page, pages) = (answer.next, pages + 1)
        } while page != nil && pages < Self.mostPages
        guard page == nil else { throw SendFailure(.reject, code: "endless_list", summary: "The list of templates does not end.") }
        do {
            let changes = try await templates.take(listed, on: channel, at: clock.now())
            try await channels.markSynced(channel.id, at: clock.now())
            return changes
        } catch {
            throw SendFailure(.retry, code: "storage", summary: "The templates could not be stored.")
        }
    }

    /// Nil also when the channel lacks the credentials that only the list needs.
    private func request(
        for page: String?, of channel: Channel, from provider: any Provider
    ) throws(SendFailure) -> ProviderRequest? {
        do { return try provider.templateRequest(page: page, over: channel.line, at: clock.now()) } catch {
            guard error.code == "no_credentials" else { throw error }
            return nil
        }
    }

    /// Asks the provider whether the channel's credentials work; sends nothing.
    /// - Returns: what it said; nil when the vendor has no such call.
    package func check(_ channel: Channel) async -> ConnectionReport? {
        guard let provider = providers[channel.provider] else { return nil }
        do throws(SendFailure) {
            guard let request = try provider.checkRequest(over: channel.line, at: clock.now()) else { return nil }
            let (status, body) = try await client.fetch(request)
            var report = provider.checkResult(status: status, body: body)
            if let said = report.problem?.summary { report.problem?.summary = channel.line.credentials.redacted(said) }
            return report
        } catch {
            return ConnectionReport(problem: error)
        }
    }
}
