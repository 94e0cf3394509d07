import Campaigns
import Core
import Testing

@Suite struct CampaignLifeTests {
    private typealias Status = Campaign.Status

    /// For each status what comes of each action, in the order of `CampaignAction.allCases`: edit, schedule, approve, reject,
    /// resume, stop, archive. Nil is refused.
    private static let table: [(status: Campaign.Status, after: [Campaign.Status?])] = [
        (.draft, [.draft, .scheduled, nil, nil, nil, .stopped, .archived]),
        (.approvalPending, [.approvalPending, .approvalPending, .scheduled, .rejected, nil, .stopped, nil]),
        (.rejected, [.draft, .scheduled, nil, .rejected, nil, .stopped, nil]),
        (.scheduled, [.scheduled, .scheduled, .scheduled, nil, .scheduled, .stopped, nil]),
        (.running, [nil, .running, .running, nil, .running, .stopped, nil]),
        (.completed, [nil, .completed, .completed, nil, nil, nil, .archived]),
        (.stopped, [nil, nil, nil, nil, nil, .stopped, .archived]),
        (.expired, [nil, nil, nil, nil, nil, nil, .archived]),
        (.archived, [nil, nil, nil, nil, nil, nil, .archived]),
    ]

    @Test func `every status is in the table`() {
        #expect(Self.table.map(\.status) == Status.allCases)
        #expect(Self.table.allSatisfy { $0.after.count == CampaignAction.allCases.count })
    }

    private func after(_ action: CampaignAction, _ status: Campaign.Status, isLive: Bool = false, needsApproval: Bool = false) -> Status? {
        do throws(InputError) { return try status.after(action, isLive: isLive, needsApproval: needsApproval) } catch {
            #expect(error.kind == .conflict && error.code == "campaign_\(status.rawValue)")
            return nil
        }
    }

    @Test(arguments: table)
    func `an action does what the table says`(status: Campaign.Status, results: [Campaign.Status?]) {
        #expect(CampaignAction.allCases.map { after($0, status) } == results)
    }

    @Test(arguments: table)
    func `a running live campaign can be changed, and nothing else is different`(status: Campaign.Status, results: [Campaign.Status?]) {
        let expected = status == .running ? [.running] + results.dropFirst() : results
        #expect(CampaignAction.allCases.map { after($0, status, isLive: true) } == expected)
    }

    @Test(arguments: table)
    func `where approval is needed, what would be scheduled waits for it`(status: Campaign.Status, results: [Campaign.Status?]) {
        for (action, result) in zip(CampaignAction.allCases, results) {
            let leadsThere = action == .schedule && [.draft, .rejected].contains(status) || action == .edit && status == .scheduled
            #expect(after(action, status, needsApproval: true) == (leadsThere ? .approvalPending : result))
        }
    }
}
