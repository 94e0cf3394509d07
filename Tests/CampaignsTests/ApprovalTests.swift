import Campaigns
import Core
import StorageTesting
import Testing

@Suite struct ApprovalTests {
    private static let account = CampaignFixture.account
    private static let hour = CampaignFixture.now + .seconds(3600)
    private static let later: [String: JSONValue] = ["when": ["start": .string(hour.iso8601())]]

    private func fixture(_ kind: TestEngine) async throws -> CampaignFixture {
        let fixture = try await CampaignFixture(kind)
        #expect(try await fixture.campaigns.changeSettings(of: Self.account, by: ["approval": true]).needsApproval)
        return fixture
    }

    @Test(arguments: TestEngine.available)
    func `a campaign begins only when somebody has approved it`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind)
        try await fixture.add(1...3)
        let campaign = try await fixture.launch()
        #expect(campaign.status == .approvalPending && campaign.startAt == nil)
        await fixture.drain()
        #expect(try await fixture.messages(of: campaign.id).isEmpty)
        let approved = try await fixture.campaigns.approve(campaign.id, of: Self.account, comment: "Fine")
        #expect(approved.status == .scheduled && approved.startAt == CampaignFixture.now && approved.comment == "Fine")
        #expect(try await fixture.campaigns.approve(campaign.id, of: Self.account, comment: "Again") == approved)
        await fixture.drain()
        #expect(try await fixture.messages(of: campaign.id).count == 3)
    }

    @Test(arguments: TestEngine.available)
    func `a rejected campaign is changed and scheduled again`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind)
        let campaign = try await fixture.launch(Self.later)
        #expect(campaign.status == .approvalPending && campaign.startAt == Self.hour)
        let rejected = try await fixture.campaigns.reject(campaign.id, of: Self.account, comment: "Too late in the day")
        #expect(rejected.status == .rejected && rejected.comment == "Too late in the day" && rejected.decidedAt == CampaignFixture.now)
        let error = await #expect(throws: InputError.self) {
            try await fixture.campaigns.approve(campaign.id, of: Self.account, comment: nil)
        }
        #expect(error?.kind == .conflict)
        let changed = try await fixture.campaigns.change(campaign.id, of: Self.account, by: ["name": "Earlier"])
        #expect(changed.status == .draft && changed.comment == "Too late in the day")
        #expect(try await fixture.campaigns.schedule(campaign.id, of: Self.account).status == .approvalPending)
    }

    @Test(arguments: TestEngine.available)
    func `what nobody approves before its start has expired`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind)
        let campaign = try await fixture.launch(Self.later)
        await fixture.drain(fixture.runner(at: Self.hour))
        #expect(try await fixture.campaign(campaign.id)?.status == .approvalPending)
        let late = Self.hour + .seconds(1)
        let error = await #expect(throws: InputError.self) {
            try await fixture.store(at: late).approve(campaign.id, of: Self.account, comment: nil)
        }
        #expect(error?.code == "campaign_expired")
        await fixture.drain(fixture.runner(at: late))
        let expired = try await fixture.campaign(campaign.id)
        #expect(expired?.status == .expired && expired?.finishedAt == late)
        #expect(try await fixture.campaigns.clone(campaign.id, of: Self.account).status == .draft)
    }

    @Test(arguments: TestEngine.available)
    func `a change of an approved campaign sends it back`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind)
        let campaign = try await fixture.launch(Self.later)
        _ = try await fixture.campaigns.approve(campaign.id, of: Self.account, comment: nil)
        #expect(try await fixture.campaigns.change(campaign.id, of: Self.account, by: [:]).status == .scheduled)
        let changed = try await fixture.campaigns.change(campaign.id, of: Self.account, by: ["name": "Other"])
        #expect(changed.status == .approvalPending && changed.startAt == Self.hour)
    }

    @Test(arguments: TestEngine.available)
    func `switching approval off approves what waits for it`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind)
        let (now, later, missed) = (
            try await fixture.launch(), try await fixture.launch(Self.later), try await fixture.launch(Self.later)
        )
        _ = try await fixture.campaigns.reject(missed.id, of: Self.account, comment: nil)
        #expect(try await !fixture.campaigns.changeSettings(of: Self.account, by: ["approval": false]).needsApproval)
        let campaigns = [try await fixture.campaign(now.id), try await fixture.campaign(later.id), try await fixture.campaign(missed.id)]
        #expect(campaigns.map(\.?.status) == [.scheduled, .scheduled, .rejected])
        #expect(campaigns.map(\.?.startAt) == [CampaignFixture.now, Self.hour, nil])
    }

    @Test(arguments: TestEngine.available)
    func `switching approval off does not bring back what missed its start`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind)
        let campaign = try await fixture.launch(Self.later)
        let late = Self.hour + .seconds(1)
        _ = try await fixture.store(at: late).changeSettings(of: Self.account, by: ["approval": false])
        #expect(try await fixture.campaign(campaign.id)?.status == .approvalPending)
        await fixture.drain(fixture.runner(at: late))
        #expect(try await fixture.campaign(campaign.id)?.status == .expired)
    }
}
