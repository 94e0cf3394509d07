/// Holds whoever comes until it is opened, and tells how many came: tests use it in the place of sleeping.
package final class Gate: Sendable {
    private let (arrivals, arrival) = AsyncStream<Void>.makeStream()
    private let (opening, opener) = AsyncStream<Void>.makeStream()

    package init() {}

    /// Returns when the gate is opened; at once afterwards.
    package func pass() async {
        arrival.yield()
        for await _ in opening {}
    }

    /// Returns when so many more have come.
    package func isReached(times: Int) async {
        var iterator = arrivals.makeAsyncIterator()
        for _ in 0..<times { await iterator.next() }
    }

    /// Lets everybody through. A second call does nothing.
    package func open() { opener.finish() }
}
