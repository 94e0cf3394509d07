import Channels
import Core
import Messages
import Storage
import WhatsApp

/// Decides what may be taken from the queue of a channel: nothing of a template that is held, paused or not approved, and
/// of a halted channel or a held template one message now and then, to see whether it is taken again.
struct ClaimDesk: Sendable {
    let id: ChannelID
    let context: SendingContext
    let state: PumpState

    func claim() async throws -> [MessageRecord] {
        guard let channel = try await context.channels.channel(id) else { return [] }
        let now = context.clock.now()
        let templates = try await templatesWithWork(of: channel, at: now)
        state.use(channel, templates: templates, provider: context.providers[channel.provider])
        let open = try await limits(for: templates, on: channel, at: now)
        guard !open.isEmpty else { return [] }
        return try await context.ledger.claim(
            on: id, open, upTo: state.claimRoom(in: context.settings), at: now, leaseUntil: now + context.settings.lease)
    }

    private func templatesWithWork(of channel: Channel, at now: Timestamp) async throws -> [Template] {
        try await context.engine.read { [context] session in
            try context.ledger.templatesWithWork(on: channel.id, at: now, in: session).compactMap { template in
                try context.templates.template(template, of: channel.accountID, in: session)
            }
        }
    }

    /// How many messages of which template: of one that is held a single one, when its time to try has come.
    private func limits(for templates: [Template], on channel: Channel, at now: Timestamp) async throws -> [TemplateID: Int] {
        let open = templates.filter(\.isOpen)
        if let hold = channel.health.hold {
            guard let first = open.first, hold.probeAt <= now, try await context.channels.beginProbe(of: id, at: now) else { return [:] }
            return [first.id: 1]
        }
        var limits = Dictionary(open.map { ($0.id, Int.max) }) { $1 }
        for template in templates where template.isDue(toProbeAt: now) {
            if try await context.templates.beginProbe(of: template.id, at: now) { limits[template.id] = 1 }
        }
        return limits
    }
}

extension Template {
    /// Held for refusals alone, and its time to try has come.
    fileprivate func isDue(toProbeAt now: Timestamp) -> Bool {
        guard approval == .approved, pause == nil, let hold else { return false }
        return hold.probeAt <= now
    }
}
