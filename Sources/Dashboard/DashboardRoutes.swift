package import Accounts
package import Core
import Foundation
package import Hummingbird
package import WebSupport

/// The pages that people see.
package struct DashboardRoutes: Sendable {
    private let pages: SitePages
    private let assets: Assets
    private let signInRoutes: SignInRoutes
    private let campaignRoutes: CampaignRoutes
    private let channelRoutes: ChannelRoutes

    /// Reads views and assets from the resources beside the program.
    /// - Throws: `SettingsError` when they are not there.
    package init(
        signIns: SignIns, campaigns: CampaignPages, channels: ChannelPages, settings: SiteSettings = SiteSettings(),
        pace: LivePace = .everySecond, clock: WallClock = .system, random: Randomness = .system
    ) throws {
        guard let folder = Bundle.module.resourcePath else { throw SettingsError("The folder with the views is missing.") }
        let renderer = try PageRenderer(folder: folder + "/Views")
        pages = SitePages(renderer: renderer, cookies: SiteCookies(settings))
        assets = try Assets(folder: folder + "/Assets")
        signInRoutes = SignInRoutes(pages: pages, signIns: signIns, settings: settings, random: random)
        campaignRoutes = CampaignRoutes(
            pages: pages, campaigns: campaigns,
            live: LiveCampaign(renderer: renderer, campaigns: campaigns, pace: pace, clock: clock), signIns: signIns,
            streams: OpenStreams())
        channelRoutes = ChannelRoutes(pages: pages, channels: channels, results: ResultShelf(clock: clock, random: random))
    }

    /// How errors look on the pages; it speaks for every path, so it comes last in `Router.site`.
    package var errorSurface: ErrorSurface { pages.surface }

    /// Adds all pages and assets.
    package func add(to router: Router<SiteContext>) {
        assets.add(to: router.group())
        let group = router.group().add(middleware: FormTokenMiddleware())
        signInRoutes.add(to: group)
        let signedIn = group.group(context: SignedInContext.self)
        campaignRoutes.add(to: signedIn)
        channelRoutes.add(to: signedIn)
    }
}
