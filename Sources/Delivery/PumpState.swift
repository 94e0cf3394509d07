import Channels
import Core
import Messages
import Synchronization
import WhatsApp

/// What a pump remembers between steps; its requests, which run side by side, share it. What must outlast the process is
/// in the tables of channels and templates.
final class PumpState: Sendable {
    private struct Values {
        var channel: Channel?
        var provider: (any Provider)?
        var templates: [TemplateID: Template] = [:]
        var pace: ChannelPace?
        var pairs = PairLimits()
        /// Until the refusal stands in the table, which takes a moment.
        var suspendedUntil: ContinuousClock.Instant?
        var heldUntil: [TemplateID: ContinuousClock.Instant] = [:]
    }

    /// Long enough for a refusal to be written down.
    private static let moment = Duration.seconds(2)
    private let values = Mutex(Values())
    let policies = PolicyCache()

    /// Takes over channel and templates as they are stored now, and policies when they are next asked for. A new rate starts a new pace, an unchanged one goes on.
    func use(_ channel: Channel, templates: [Template], provider: (any Provider)?) {
        policies.forget()
        values.withLock { values in
            if values.channel?.limits.perSecond != channel.limits.perSecond || values.pace == nil {
                values.pace = ChannelPace(perSecond: channel.limits.perSecond, at: .now)
            }
            if let slowed = channel.health.slowedAt, let before = values.channel, before.health.slowedAt.map({ $0 < slowed }) ?? true {
                _ = values.pace?.slowDown(at: .now, retryAfter: nil)
            }
            (values.channel, values.provider) = (channel, provider)
            for template in templates { values.templates[template.id] = template }
        }
    }

    /// The channel; nil before the first claim.
    var channel: Channel? { values.withLock { $0.channel } }

    /// The channel and its provider; nil before the first claim and when the provider is not built in.
    var sender: (Channel, any Provider)? {
        values.withLock { values in
            guard let channel = values.channel, let provider = values.provider else { return nil }
            return (channel, provider)
        }
    }

    func template(_ id: TemplateID) -> Template? { values.withLock { $0.templates[id] } }

    /// Whether a message of the template is marketing in WhatsApp's eyes.
    func isMarketing(_ id: TemplateID) -> Bool { template(id)?.content.category == .marketing }

    var perSecond: Double { values.withLock { $0.pace?.perSecond ?? 1 } }
    /// How many messages to claim at once: what goes out in a quarter of a second, so that whoever goes first, by lane,
    /// waits no longer than that for what was claimed before.
    func claimRoom(in settings: DeliverySettings) -> Int {
        max(1, min(settings.claimSize, Int((perSecond / 4).rounded(.up))))
    }
    var concurrency: Int { values.withLock { $0.channel?.limits.concurrency ?? .max } }

    /// Whether the last message claimed was one that tries whether a halted channel works again.
    var isProbingChannel: Bool { values.withLock { $0.channel?.health.hold != nil } }

    /// The same for a held template.
    func isProbing(_ id: TemplateID) -> Bool { values.withLock { $0.templates[id]?.hold != nil } }

    /// How long nothing goes out yet, however many tokens there are; nil when it may.
    var pause: Duration? {
        values.withLock { values in
            let suspended = values.suspendedUntil.flatMap { $0 > .now ? $0 - .now : nil }
            return [suspended, values.pace?.pause(at: .now)].compactMap { $0 }.max()
        }
    }

    /// Whether a refusal has just halted the channel.
    var isSuspended: Bool { values.withLock { $0.suspendedUntil.map { $0 > .now } ?? false } }

    /// Whether a refusal has just held the template.
    func holds(_ template: TemplateID) -> Bool { values.withLock { $0.heldUntil[template].map { $0 > .now } ?? false } }

    func take(upTo wanted: Int) -> (taken: Int, wait: Duration) {
        values.withLock { $0.pace?.take(upTo: wanted, at: .now) ?? (0, .seconds(1)) }
    }

    func giveBack(_ count: Int) { values.withLock { $0.pace?.giveBack(count) } }

    /// Takes a place in each person's allowance.
    /// - Returns: how long those have to wait who have none left.
    func pairWaits(of messages: [MessageRecord]) -> [MessageID: Duration] {
        values.withLock { values in
            guard let limits = values.channel?.limits else { return [:] }
            var waits: [MessageID: Duration] = [:]
            for message in messages {
                guard let address = message.address else { continue }
                waits[message.id] = values.pairs.take(
                    address, interval: limits.pairInterval, burst: limits.pairBurst, at: .now)
            }
            return waits
        }
    }

    /// Slows, halts or holds at once, as the disposition says.
    /// - Returns: how long the channel lets nothing out.
    func react(to failure: SendFailure, template: TemplateID) -> Duration {
        values.withLock { values in
            switch failure.disposition {
            case .slowChannel: return values.pace?.slowDown(at: .now, retryAfter: failure.retryAfter) ?? .zero
            case .haltChannel: values.suspendedUntil = .now + Self.moment
            case .holdTemplate: values.heldUntil[template] = .now + Self.moment
            case .retry, .delayRecipient, .reject, .unreachable, .optOut: break
            }
            return .zero
        }
    }
}
