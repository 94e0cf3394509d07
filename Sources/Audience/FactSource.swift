import Core

/// Where a rule's facts come from; tests are resolved for one moment. Each call says which of the people given pass one test; none looks further than them.
protocol FactSource {
    func people(who did: EventProbe, among: PeopleSet) throws -> PeopleSet
    func people(with filter: PropertyFilter, among: PeopleSet) throws -> PeopleSet
    func people(whom test: ReachTest, among: PeopleSet) throws -> PeopleSet
    /// The people of a saved segment or a custom list.
    func members(of segment: SegmentID) throws -> PeopleSet
}
