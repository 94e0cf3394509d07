/// How rules are evaluated on blocks.
package struct BlockSettings: Hashable, Sendable {
    /// Threads of one query.
    package var workers = 2
    /// So few people are looked up in the rows, where a clause on events is put to no more.
    package var fewPeople = 200
    /// The most events, and people with changes, that a query reads from rows because no block has them yet; when there are more,
    /// the blocks catch up first.
    package var freshEvents = 200_000
    package var freshPeople = 20_000

    package init() {}
}
