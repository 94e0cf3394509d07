import Core

/// What will happen to one accepted message, decided when it is accepted.
struct Journey: Sendable {
    /// One callback to be posted. Times are milliseconds since acceptance.
    struct Step: Hashable, Sendable {
        /// `enqueued` is the vendor's own queue, before WhatsApp; `submitted` is "sent" with most vendors.
        enum Kind: UInt8, Sendable { case submitted, delivered, read, failed, reply, enqueued }

        var kind: Kind
        /// When it happens; the callback's time stamp.
        var happens: Int32
        /// When it is posted, at the earliest.
        var posted: Int32
        var isTwice = false
        /// Why it failed.
        var mishap: Mishap?
        /// Reported under an id that nobody was told.
        var isUnderOtherID = false
    }

    /// What a vendor reports.
    struct Course: Sendable {
        /// Of a message on its way.
        var opening: [Step.Kind] = [.submitted]
        /// Of one that the network will refuse.
        var beforeFailure: [Step.Kind] = [.submitted]
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
    /// Draws what happens to a message: always what the vendor opens with, then by the rates.
    /// - Parameters:
    ///   - doomed: why the vendor itself will not pass it on; then nothing else is reported.
    ///   - isMarketing: whether the caps on marketing count for it.
    static func plan(
        _ behaviour: Behaviour, course: Course = Course(), doomed: Mishap? = nil, isMarketing: Bool = false, random: Randomness
    ) -> [Step] {
        var steps: [Step] = []
        if let mishap = doomed ?? behaviour.mishap(isMarketing: isMarketing, random) {
            for kind in doomed == nil ? course.beforeFailure : [] { steps.append(Step(kind, after: behaviour.callbackDelayMS, steps)) }
            steps.append(Step(.failed, after: behaviour.deliverDelayMS, steps))
            steps[steps.count - 1].mishap = mishap
        } else {
            for kind in course.opening { steps.append(Step(kind, after: behaviour.callbackDelayMS, steps)) }
            steps += arrival(behaviour, after: steps, random)
        }
        return disturbed(steps, behaviour, random)
    }

    private static func arrival(_ behaviour: Behaviour, after opening: [Step], _ random: Randomness) -> [Step] {
        guard random.chance(behaviour.deliverRate) else { return [] }
        var steps = [Step(.delivered, after: behaviour.deliverDelayMS, opening)]
        guard random.chance(behaviour.readRate) else { return steps }
        steps.append(Step(.read, after: behaviour.readDelayMS, steps))
        if random.chance(behaviour.replyRate) { steps.append(Step(.reply, after: behaviour.replyDelayMS, steps)) }
        return steps
    }

    private static func disturbed(_ steps: [Step], _ behaviour: Behaviour, _ random: Randomness) -> [Step] {
        var steps = steps
        for index in steps.indices {
            steps[index].isTwice = random.chance(behaviour.duplicateRate)
            steps[index].isUnderOtherID = steps[index].kind != .reply && random.chance(behaviour.secondIDRate)
            steps[index].posted += Int32(behaviour.lateCallbacksMS)
        }
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

extension Behaviour {
    /// Draws why a message does not arrive; nil when nothing keeps it.
    fileprivate func mishap(isMarketing: Bool, _ random: Randomness) -> Mishap? {
        if random.chance(undeliverableRate) { return .asTold }
        if random.chance(unreachableRate) { return .unreachable }
        if random.chance(optOutRate) { return .optedOut }
        return isMarketing && random.chance(marketingCapRate) ? .marketingCap : nil
    }
}

extension Randomness {
    /// True with a probability of `rate`: never at 0, always at 1.
    func chance(_ rate: Double) -> Bool { rate > 0 && fraction() < rate }

    /// A number from 0 up to, but not including, `bound`, which is at least 1.
    func index(below bound: Int) -> Int { min(bound - 1, Int(fraction() * Double(bound))) }
}
