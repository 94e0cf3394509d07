package import Core
package import Storage

/// Gives messages places in intervals, each interval so many, so that a message waits once for its place instead of asking
/// over and over. Intervals begin at whole multiples of their length since 1970.
package struct ThrottleQueue: Hashable, Sendable {
    /// What shares one throttle.
    package enum Scope: Hashable, Sendable {
        case campaign(CampaignID)
        /// The account's throttle, which counts for each channel.
        case channel(ChannelID)

        var values: [SQLValue] {
            switch self {
            case .campaign(let id): [.text("campaign"), .id(id)]
            case .channel(let id): [.text("channel"), .id(id)]
            }
        }
    }

    private let throttle: Throttle
    /// The beginning of the last interval in which places were given, and how many.
    private var slot: Timestamp
    private var used: Int

    package init(_ throttle: Throttle, slot: Timestamp = Timestamp(microseconds: 0), used: Int = 0) {
        (self.throttle, self.slot, self.used) = (throttle, slot, used)
    }

    /// Gives the next place: the beginning of its interval, which is not after `now` when the message may go at once.
    package mutating func next(at now: Timestamp) -> Timestamp {
        let current = start(of: now)
        if slot < current { (slot, used) = (current, 0) }
        if used >= throttle.count { (slot, used) = (slot + throttle.interval, 0) }
        used += 1
        return slot
    }

    /// Whether a place that was given is in the interval that runs now.
    package func isCurrent(_ place: Timestamp, at now: Timestamp) -> Bool { start(of: now) == place }

    private func start(of time: Timestamp) -> Timestamp {
        let length = throttle.interval.microseconds
        return Timestamp(microseconds: time.microseconds - (time.microseconds % length + length) % length)
    }
}

extension ThrottleQueue {
    /// Takes up a queue where it stands. Locked until the transaction ends.
    package init(_ throttle: Throttle, of scope: Scope, in session: some SQLSession) throws {
        let row = try session.row(Self.load, scope.values)
        self.init(throttle, slot: try row?.time(0) ?? Timestamp(microseconds: 0), used: try row?.int(1) ?? 0)
    }

    /// Writes down where it stands.
    package func save(as scope: Scope, account: AccountID, in session: some SQLSession) throws {
        try session.run(Self.store, scope.values + [.id(account), .time(slot), .int(used)])
    }

    private static let load = Query("throttle_queue.load") { sql in
        "SELECT slot_at, used FROM throttle_queue WHERE scope = $1 AND id = $2 \(sql.forUpdate)"
    }
    private static let store = Query(
        "throttle_queue.store",
        """
        INSERT INTO throttle_queue (scope, id, account_id, slot_at, used) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (scope, id) DO UPDATE SET slot_at = excluded.slot_at, used = excluded.used
        """)
}
