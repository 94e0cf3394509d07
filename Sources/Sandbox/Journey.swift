import Core

/// What will happen to one accepted message, decided when it is accepted.
struct Journey: Sendable {
    /// One callback to be posted. Times are milliseconds since acceptance.
    struct Step: Hashable, Sendable {
        enum Kind: UInt8, Sendable { case submitted, delivered, read, failed, reply }

        var kind: Kind
        /// When it happens; the callback's time stamp.
        var happens: Int32
        /// When it is posted, at the earliest.
        var posted: Int32
        var isTwice = false
    }

    let message: Message
    let steps: [Step]
    /// When the steps' times begin.
    let start: ContinuousClock.Instant
    private var position = 0

    init(message: Message, steps: [Step], start: ContinuousClock.Instant) {
        (self.message, self.steps, self.start) = (message, steps, start)
    }

    /// The step to take now; nil at the end.
    var step: Step? { position < steps.count ? steps[position] : nil }
    /// When to take it.
    var due: ContinuousClock.Instant { start + .milliseconds(Int64(step?.posted ?? 0)) }

    /// The same journey after its current step.
    var rest: Journey {
        var rest = self
        rest.position += 1
        return rest
    }
}

extension Journey {
    /// Draws what happens to a message: always `submitted` first, then by the rates.
    static func plan(_ behaviour: Behaviour, random: Randomness) -> [Step] {
        var steps = [Step(.submitted, after: behaviour.callbackDelayMS, [])]
        if random.chance(behaviour.undeliverableRate) {
            steps.append(Step(.failed, after: behaviour.deliverDelayMS, steps))
        } else if random.chance(behaviour.deliverRate) {
            steps.append(Step(.delivered, after: behaviour.deliverDelayMS, steps))
            if random.chance(behaviour.readRate) {
                steps.append(Step(.read, after: behaviour.readDelayMS, steps))
                if random.chance(behaviour.replyRate) { steps.append(Step(.reply, after: behaviour.replyDelayMS, steps)) }
            }
        }
        for index in steps.indices where random.chance(behaviour.duplicateRate) { steps[index].isTwice = true }
        return behaviour.shufflesCallbacks ? shuffled(steps, random) : steps
    }

    private static func shuffled(_ steps: [Step], _ random: Randomness) -> [Step] {
        var steps = steps
        let last = steps.map(\.posted).max() ?? 0
        for index in steps.indices.reversed() {
            steps.swapAt(index, random.index(below: index + 1))
            steps[index].posted = last
        }
        return steps
    }
}

extension Journey.Step {
    fileprivate init(_ kind: Kind, after delay: Int, _ earlier: [Self]) {
        let moment = (earlier.last?.happens ?? 0) + Int32(delay)
        self.init(kind: kind, happens: moment, posted: moment)
    }
}

extension Randomness {
    /// True with a probability of `rate`: never at 0, always at 1.
    func chance(_ rate: Double) -> Bool { rate > 0 && fraction() < rate }

    /// A number from 0 up to, but not including, `bound`, which is at least 1.
    func index(below bound: Int) -> Int { min(bound - 1, Int(fraction() * Double(bound))) }
}
