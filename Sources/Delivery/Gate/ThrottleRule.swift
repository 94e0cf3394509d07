import Core
import Messages
import Storage

/// The message has a place in the interval that runs now: in the campaign's queue where it has a throttle of its own, else in
/// that of the account on this channel. One that was asked before has had its place.
struct ThrottleRule: GateRule {
    private let batch: GateBatch
    private var queues: [ThrottleQueue.Scope: ThrottleQueue] = [:]
    private var changed: Set<ThrottleQueue.Scope> = []

    init(_ batch: GateBatch, in session: any SQLSession) throws {
        self.batch = batch
        for message in batch.messages where message.askedAt == nil {
            guard let (scope, throttle) = throttle(for: message), queues[scope] == nil else { continue }
            queues[scope] = try ThrottleQueue(throttle, of: scope, in: session)
        }
    }

    mutating func objection(to message: MessageRecord) -> Ruling? {
        guard message.askedAt == nil, let (scope, _) = throttle(for: message), var queue = queues[scope] else { return nil }
        if let place = message.slotAt, queue.isCurrent(place, at: batch.now) { return nil }
        let place = queue.next(at: batch.now)
        guard place <= message.throttledSince + Throttle.patience else { return .exclude(.throttleExpired) }
        queues[scope] = queue
        changed.insert(scope)
        return place <= batch.now ? nil : .queue(place)
    }

    /// Writes down which places were given.
    func save(in session: any SQLSession) throws {
        for scope in changed.sorted(by: { $0.order < $1.order }) {
            try queues[scope]?.save(as: scope, account: batch.account, in: session)
        }
    }

    private func throttle(for message: MessageRecord) -> (ThrottleQueue.Scope, Throttle)? {
        if let own = batch.policies[message].throttle { return (.campaign(message.campaignID), own) }
        guard batch.policies.holdsToAccount(message), let shared = batch.policies.account.throttle else { return nil }
        return (.channel(batch.channel), shared)
    }
}

extension ThrottleQueue.Scope {
    /// Two transactions write in the same order and never wait for each other in a circle.
    fileprivate var order: Int64 {
        switch self {
        case .campaign(let id): id.rawValue
        case .channel: 0
        }
    }
}

extension MessageRecord {
    /// Since when the throttle keeps it waiting: it may have been planned long before it was due.
    fileprivate var throttledSince: Timestamp { slotAt == nil ? max(plannedAt, dueAt) : plannedAt }
}
