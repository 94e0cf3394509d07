import Campaigns
import Core
import StorageTesting
import Testing

@Suite struct CampaignListTests {
    private static let account = CampaignFixture.account

    /// a: draft, labelled; b: scheduled, labelled; c: live, stopped; d: archived.
    private func filled(_ kind: TestEngine) async throws -> CampaignFixture {
        let fixture = try await CampaignFixture(kind)
        _ = try await fixture.campaigns.changeSettings(of: Self.account, by: ["labels": ["vip", "Diwali"]])
        _ = try await fixture.create(["name": "a 100% sale", "setup": ["labels": ["vip"]]])
        _ = try await fixture.launch(["name": "B Große_Reise", "setup": ["labels": ["vip", "Diwali"]]])
        let live = try await fixture.create(["name": "c", "type": "inaction", "who": .object(Definitions.who(.inaction))])
        _ = try await fixture.campaigns.stop(live.id, of: Self.account)
        let old = try await fixture.create(["name": "d sale"])
        _ = try await fixture.campaigns.archive(old.id, of: Self.account)
        return fixture
    }

    private static let lists: [(change: @Sendable (inout CampaignFilter) -> Void, found: [String])] = [
        ({ _ in }, ["c", "b", "a"]), ({ $0.statuses = Set(Campaign.Status.allCases) }, ["d", "c", "b", "a"]),
        ({ $0.statuses = [.archived] }, ["d"]), ({ $0.statuses = [.draft, .stopped] }, ["c", "a"]), ({ $0.types = [.inaction] }, ["c"]),
        ({ $0.types = [.singleAction] }, []), ({ $0.label = "vip" }, ["b", "a"]), ({ $0.label = "Diwali" }, ["b"]),
        ({ $0.label = "VIP" }, []),
        ({ $0.name = "SALE" }, ["a"]), ({ $0.name = "große" }, ["b"]), ({ $0.name = "GROSSE" }, []), ({ $0.name = "%" }, ["a"]),
        ({ $0.name = "_" }, ["b"]), ({ $0.name = "0%_" }, []), ({ $0.name = "\\" }, []), ({ $0.name = "" }, ["c", "b", "a"]),
        ({ ($0.label, $0.name, $0.statuses) = ("vip", "a", [.draft]) }, ["a"]),
    ]

    @Test(arguments: TestEngine.available)
    func `a list shows what its filter says`(kind: TestEngine) async throws {
        let fixture = try await filled(kind)
        for (index, list) in Self.lists.enumerated() {
            var filter = CampaignFilter.standard
            list.change(&filter)
            let page = try await fixture.campaigns.page(of: Self.account, filter)
            #expect(page.map { $0.name.prefix(1).lowercased() } == list.found, "list \(index)")
            let rest = try await fixture.campaigns.page(of: Self.account, filter, before: page.first?.id, upTo: 1)
            #expect(rest.map(\.id) == page.dropFirst().prefix(1).map(\.id), "list \(index)")
        }
    }

    @Test(arguments: TestEngine.available)
    func `an archived campaign is read and cloned, and that is all`(kind: TestEngine) async throws {
        let fixture = try await filled(kind)
        let id = CampaignID(rawValue: 4)
        #expect(try await fixture.campaign(id)?.status == .archived)
        #expect(try await fixture.campaigns.archive(id, of: Self.account).status == .archived)
        #expect(try await fixture.campaigns.clone(id, of: Self.account).status == .draft)
        let store = fixture.campaigns
        let calls: [@Sendable () async throws -> Campaign] = [
            { try await store.schedule(id, of: Self.account) }, { try await store.stop(id, of: Self.account) },
            { try await store.change(id, of: Self.account, by: ["name": "x"]) }, { try await store.resume(id, of: Self.account) },
        ]
        for call in calls {
            let error = await #expect(throws: InputError.self) { try await call() }
            #expect(error?.code == "campaign_archived")
        }
    }

    @Test(arguments: TestEngine.available)
    func `what was waiting in a campaign that is stopped and archived at once is cleared away`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...25)
        let campaign = try await fixture.launch()
        _ = await fixture.runner().turn()
        _ = try await fixture.campaigns.stop(campaign.id, of: Self.account)
        _ = try await fixture.campaigns.archive(campaign.id, of: Self.account)
        await fixture.drain()
        #expect(try await fixture.messages(of: campaign.id).map(\.state) == Array(repeating: "excluded", count: 10))
    }

    @Test(arguments: TestEngine.available)
    func `labels come from the account's list, and a copy drops those that are gone`(kind: TestEngine) async throws {
        let fixture = try await filled(kind)
        let error = await #expect(throws: InputError.self) { try await fixture.create(["setup": ["labels": ["Holi"]]]) }
        #expect(error?.code == "unknown_label" && error?.field == "setup.labels")
        let settings = try await fixture.campaigns.changeSettings(of: Self.account, by: ["labels": ["Diwali", "Holi", "Diwali"]])
        #expect(settings.labels == ["Diwali", "Holi"])
        #expect(try await fixture.campaigns.settings(of: Self.account) == settings)
        #expect(try await fixture.campaign(CampaignID(rawValue: 2))?.definition.setup.labels == ["Diwali", "vip"])
        #expect(try await fixture.campaigns.clone(CampaignID(rawValue: 2), of: Self.account).definition.setup.labels == ["Diwali"])
        #expect(try await fixture.campaigns.change(CampaignID(rawValue: 1), of: Self.account, by: ["name": "x"]).name == "x")
    }

    private static let brokenSettings: [(json: JSONValue, field: String?)] = [
        ([], nil), (["approval": "yes"], "approval"), (["labels": "vip"], "labels"), (["labels": ["a", "b!"]], "labels[1]"),
        (["labels": .array((0...900).map { .string("l\($0)") })], "labels"), (["colour": 1], "colour"),
        (["limits": 3], "limits"), (["limits": ["frequency": ["messages": 0, "days": 1]]], "limits.frequency.messages"),
        (["limits": ["frequency": ["messages": 1]]], "limits.frequency.days"), (["limits": ["dwell": ["minutes": 4]]], "limits.dwell"),
        (["limits": ["dwell": ["days": 8]]], "limits.dwell"),
        (["limits": ["throttle": ["messages": 99, "minutes": 5]]], "limits.throttle.messages"), (["limits": ["gap": 1]], "limits.gap"),
    ]

    @Test(arguments: brokenSettings)
    func `settings that cannot be meant are refused`(json: JSONValue, field: String?) async throws {
        let fixture = try await CampaignFixture(.sqlite)
        let error = await #expect(throws: InputError.self) { try await fixture.campaigns.changeSettings(of: Self.account, by: json) }
        #expect(error?.field == field)
        let most = JSONValue.array((1...900).map { .string("l\($0)") })
        #expect(try await fixture.campaigns.changeSettings(of: Self.account, by: ["labels": most]).labels.count == 900)
    }
}
