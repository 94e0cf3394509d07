import Channels
import Core
import Logging
import Synchronization
import WhatsApp

/// What a pump remembers between steps; its requests, which run side by side, share it.
final class PumpState: Sendable {
    private struct Values {
        var channel: Channel?
        var provider: (any Provider)?
        var pace: ChannelPace?
        var held: [TemplateID: ContinuousClock.Instant] = [:]
        var templates: [TemplateID: Template] = [:]
    }

    private let values = Mutex(Values())

    /// Takes over the channel as it is stored now. A new rate starts a new pace, an unchanged one goes on.
    func use(_ channel: Channel, provider: (any Provider)?) {
        values.withLock { values in
            if values.channel?.perSecond != channel.perSecond || values.pace == nil {
                values.pace = ChannelPace(perSecond: channel.perSecond, at: .now)
            }
            (values.channel, values.provider) = (channel, provider)
        }
    }

    /// The channel and its provider; nil before the first claim and when the provider is not built in.
    var sender: (Channel, any Provider)? {
        values.withLock { values in
            guard let channel = values.channel, let provider = values.provider else { return nil }
            return (channel, provider)
        }
    }

    var perSecond: Double { values.withLock { $0.pace?.perSecond ?? 1 } }

    /// How long nothing goes out yet, however many tokens there are; nil when it may.
    var pause: Duration? { values.withLock { $0.pace?.pause(at: .now) } }

    func take(upTo wanted: Int) -> (taken: Int, wait: Duration) {
        values.withLock { $0.pace?.take(upTo: wanted, at: .now) ?? (0, .seconds(1)) }
    }

    func giveBack(_ count: Int) { values.withLock { $0.pace?.giveBack(count) } }

    /// Templates that the provider refuses as such; after a while one message tries again.
    func heldTemplates() -> Set<TemplateID> {
        values.withLock { values in
            values.held = values.held.filter { $0.value > .now }
            return Set(values.held.keys)
        }
    }

    /// Slows, halts or holds, as the disposition says.
    /// - Returns: how long the channel lets nothing out.
    func react(to failure: SendFailure, template: TemplateID, log: Logger) -> Duration {
        values.withLock { values in
            switch failure.disposition {
            case .slowChannel:
                return values.pace?.slowDown(at: .now, retryAfter: failure.retryAfter) ?? .zero
            case .haltChannel:
                values.pace?.halt(at: .now)
                log.error("The provider refuses everything; the next try is in 15 minutes.", metadata: ["code": "\(failure.code)"])
            case .holdTemplate:
                values.held[template] = .now + ChannelPace.probeInterval
                log.error("The provider refuses a template; the next try is in 15 minutes.", metadata: ["code": "\(failure.code)"])
            case .retry, .delayRecipient, .reject, .unreachable, .optOut: break
            }
            return .zero
        }
    }

    /// A template's name and language never change, so each is read once.
    func template(_ id: TemplateID, of account: AccountID, in store: TemplateStore) async throws -> Template? {
        if let known = values.withLock({ $0.templates[id] }) { return known }
        let template = try await store.template(id, of: account)
        values.withLock { $0.templates[id] = template }
        return template
    }
}
