import Campaigns
import Core
import Messages
import Testing

@Suite struct ControlGroupTests {
    private static func members(_ percent: Int, campaign: Int64 = 1, of people: ClosedRange<Int64> = 1...20_000) -> [Int64] {
        let group = SendPolicy.Control.own(of: CampaignID(rawValue: campaign), percent: percent)
        return people.filter { group.holds(ProfileID(rawValue: $0)) }
    }

    @Test(arguments: [1, 5, 10, 50, 99])
    func `the share is kept within four standard deviations`(percent: Int) {
        let share = Double(percent) / 100
        let deviation = (20_000 * share * (1 - share)).squareRoot()
        #expect(abs(Double(Self.members(percent).count) - 20_000 * share) < 4 * deviation)
    }

    @Test func `the draw is the same for ever`() {
        #expect(Self.members(10, of: 1...60) == [23, 33, 42, 52, 55])
    }

    @Test func `a bigger group holds the smaller one, and other campaigns draw others`() {
        #expect(Set(Self.members(10)).isSubset(of: Self.members(20)))
        #expect(Self.members(0).isEmpty)
        #expect(Self.members(10, campaign: 2) != Self.members(10))
    }
}
