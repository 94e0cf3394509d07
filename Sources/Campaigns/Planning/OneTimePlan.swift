import Audience
import Core
import Synchronization

/// Whom a one-time campaign is for, worked out once for a run: an eighth of a byte a person.
struct OneTimePlan: Sendable {
    /// Everybody who fits.
    let people: PeopleSet
    /// Who of them is written to, where that is not everybody.
    let reach: Lottery?
    /// Who of them gets the test between variants, where there is one.
    let test: Lottery?

    init(_ people: PeopleSet, of campaign: Campaign) {
        self.people = people
        reach = campaign.reachLimit.map { Lottery(salt: "reach:\(campaign.id)", picking: $0, of: people) }
        test = campaign.testSize(among: people.count).map { Lottery(salt: "test:\(campaign.id)", picking: $0, of: people) }
    }

    /// Whether somebody's turn comes in this stage of the campaign.
    func isDue(_ person: ProfileID, in stage: VariantStage) -> Bool {
        guard let test else { return true }
        return test.picks(person) == (stage == .test)
    }
}

extension Campaign {
    /// How many are picked at random, where not all are written to.
    fileprivate var reachLimit: Int? { if case .atMost(let limit) = definition.who.reach { limit } else { nil } }

    /// How many get the test between variants; nil where there is none.
    fileprivate func testSize(among people: Int) -> Int? {
        guard let test = definition.winnerTest else { return nil }
        return switch test.size {
        case .percent(let percent): people * percent / 100
        case .messages(let count): count
        }
    }

    /// How far the test between variants has come.
    var variantStage: VariantStage {
        guard definition.winnerTest != nil else { return .split }
        return winner.map(VariantStage.winner) ?? .test
    }
}

extension CampaignDefinition {
    /// How the best variant is to be found; nil where nothing is tested.
    var winnerTest: WinnerTest? {
        guard case .variants(let variants) = what, case .winner(let test) = variants.mode else { return nil }
        return test
    }
}

/// The plans of the campaigns that are being planned. A plan that is not remembered is worked out anew, as of the moment at
/// which the campaign began.
package final class PlanMemory: Sendable {
    private struct Key: Hashable {
        let campaign: CampaignID
        let run: Int
    }

    private let plans = Mutex<[Key: OneTimePlan]>([:])

    package init() {}

    func plan(of campaign: Campaign, else make: () async throws -> OneTimePlan) async throws -> OneTimePlan {
        let key = Key(campaign: campaign.id, run: campaign.run)
        if let plan = plans.withLock({ $0[key] }) { return plan }
        let plan = try await make()
        plans.withLock { $0[key] = plan }
        return plan
    }

    /// Lets go of everything about a campaign.
    func forget(_ campaign: CampaignID) { plans.withLock { plans in plans = plans.filter { $0.key.campaign != campaign } } }
}
