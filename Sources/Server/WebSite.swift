import API
import Accounts
import Core
import Dashboard
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import WebSupport
import Webhooks

extension Composition {
    /// Every address that the server answers.
    func router(metrics: PrometheusText) throws -> Router<SiteContext> {
        let site = SiteSettings(isSecure: settings.publicURL?.hasPrefix("https://") ?? false, proxies: settings.proxies)
        // An open live page must not hold up a stop.
        let pace = LivePace { try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(1)) } }
        let dashboard = try DashboardRoutes(
            signIns: signIns, campaigns: campaignPages, channels: channelPages, settings: site, pace: pace)
        let router = Router.site(
            surfaces: [.api(), .compatible(), dashboard.errorSurface], signIns: signIns, settings: site,
            outermost: [MetricsMiddleware()])
        OperatorRoutes(engine: engine, metrics: metrics).add(to: router)
        WebhookRoutes(channels: channels, providers: Self.providers, inbox: inbox, clock: clock).add(to: router.group())
        let key = KeyMiddleware(accounts: accounts, settings: site, guesses: PasscodeGuesses(clock: clock))
        addCompatible(to: router, behind: key)
        addAPI(to: router, behind: key)
        dashboard.add(to: router)
        router.refuseOtherMethods()
        return router
    }

    private func addCompatible(to router: Router<SiteContext>, behind key: KeyMiddleware) {
        let keyed = router.group("1").add(middleware: key).group(context: KeyContext.self)
        let others = ConcurrencyLimit(settings.callConcurrency)
        CompatibleRoutes(
            upload: upload, subscribe: subscribe, profiles: profiles, events: events, engine: engine,
            uploads: ConcurrencyLimit(settings.uploadConcurrency), others: others
        ).add(to: keyed)
        QueryRoutes(
            engine: engine, finder: segments.finder, events: segments.events, log: events, seal: segments.seal, others: others
        ).add(to: keyed)
        TargetRoutes(
            campaigns: campaigns, preflight: preflight, direct: direct, channels: channels, templates: templates, stats: stats,
            zones: zones, limit: ConcurrencyLimit(settings.callConcurrency)
        ).add(to: keyed)
    }

    private func addAPI(to router: Router<SiteContext>, behind key: KeyMiddleware) {
        let keyed = router.group("api/v1").add(middleware: key).group(context: KeyContext.self)
        ChannelRoutes(channels: channels, sync: templateSync, address: address).add(to: keyed)
        SegmentRoutes(segments: segments.store, lists: segments.lists, finder: segments.finder).add(to: keyed)
        TemplateRoutes(channels: channels, templates: templates, sync: templateSync).add(to: keyed)
        InboundRoutes(channels: channels, inbound: inbound, media: media).add(to: keyed)
        API.CampaignRoutes(campaigns: campaigns, unknown: unknown, stats: stats).add(to: keyed)
        PreflightRoutes(desk: preflights).add(to: keyed)
        TestSendRoutes(messages: testMessages, sender: testSender).add(to: keyed)
        CampaignSettingsRoutes(campaigns: campaigns).add(to: keyed)
        ControlGroupRoutes(groups: controlGroups).add(to: keyed)
    }
}

/// The listener. Says in one line when it cannot listen.
struct Listener: Service {
    private let listen: ListenAddress
    private let application: any Service

    init(
        _ router: Router<SiteContext>, on listen: ListenAddress, logger: Logger, isListening: @escaping @Sendable (Int) async -> Void
    ) {
        self.listen = listen
        application = Application(
            router: router, configuration: .init(address: .hostname(listen.host, port: listen.port), serverName: "whimbrel"),
            onServerRunning: { channel in await isListening(channel.localAddress?.port ?? listen.port) }, logger: logger)
    }

    func run() async throws {
        do { try await application.run() } catch { throw listen.explain(error) }
    }
}

extension ListenAddress {
    /// Listens for a moment, so that a program of several parts can say that a port is taken before any part has begun.
    /// - Throws: what `explain` makes of a failure.
    func tryOut() async throws {
        do {
            let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1).bind(host: host, port: port).get()
            try await channel.close()
        } catch { throw explain(error) }
    }

    /// What a failed bind means, in words; other errors stay as they are.
    func explain(_ error: any Error) -> any Error {
        guard let error = error as? IOError else { return error }
        return switch error.errnoCode {
        case EADDRINUSE: SettingsError("\(host):\(port) is in use. Stop what listens there, or choose another address with --listen.")
        case EACCES: SettingsError("This user may not listen on \(host):\(port). Choose a port above 1023 with --listen.")
        case EADDRNOTAVAIL: SettingsError("This machine has no address \(host). Choose another with --listen.")
        default: error
        }
    }
}
