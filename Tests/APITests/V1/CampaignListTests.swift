import API
import Accounts
import Campaigns
import Channels
import Core
import Messages
import Stats
import StorageTesting
import Testing
import WhatsApp

struct CampaignListTests {
    /// The campaign calls at `/1`, whose errors have the vendor's shape.
    private func site() async throws -> CompatibleSite {
        let (site, engine) = (try await CompatibleSite(), try await TestEngine.sqlite.make())
        let channels = ChannelStore(engine: engine, providers: ProviderList([]), key: SecretKey(from: .system))
        let store = CampaignStore(engine: engine, channels: channels, templates: TemplateStore(engine: engine), wake: Signal())
        let ledger = MessageLedger(engine: engine, ids: IDMaker(clock: .system))
        let unknown = UnknownMessages(engine: engine, ledger: ledger, wake: Signal())
        CampaignRoutes(campaigns: store, unknown: unknown, stats: StatsReader(engine: engine)).add(to: site.group)
        return site
    }

    @Test(arguments: ["before=abc", "before=", "before=0", "before=-5", "before=1&before=2", "limit=0", "limit=x", "limit=5&limit=6"])
    func `a page that cannot be meant is refused`(query: String) async throws {
        try await site().test { client async throws in
            #expect(try await client.get("/1/campaigns?\(query)").isError(400))
        }
    }

    @Test(arguments: ["", "?before=9", "?before=9&limit=200"])
    func `a page is answered`(query: String) async throws {
        try await site().test { client async throws in
            let answer = try await client.get("/1/campaigns\(query)")
            #expect(answer.status == 200 && answer.body == ["campaigns": []])
        }
    }
}
