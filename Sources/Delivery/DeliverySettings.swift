/// How hard Delivery works.
package struct DeliverySettings: Hashable, Sendable {
    /// Requests under way at once on one channel, 1 to 1,024. After a crash at most so many are unknown.
    package var inFlight: Int
    /// Messages taken from the queue at a time, at most; and never more than go out in a quarter of a second.
    package var claimSize: Int
    /// How long a provider may take to answer before the request counts as unknown.
    package var requestTimeout: Duration
    /// How long a message stays with a process that no longer answers; longer than `requestTimeout`.
    package var lease: Duration
    /// How often the queue is looked at when nobody wakes the loop.
    package var pollInterval: Duration

    package init(
        inFlight: Int = 64, claimSize: Int = 512, requestTimeout: Duration = .seconds(20), lease: Duration = .seconds(30),
        pollInterval: Duration = .seconds(1)
    ) {
        (self.inFlight, self.claimSize) = (inFlight, claimSize)
        (self.requestTimeout, self.lease, self.pollInterval) = (requestTimeout, lease, pollInterval)
    }
}
