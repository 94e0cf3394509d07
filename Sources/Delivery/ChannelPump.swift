import Channels
import Consequences
import Core
import Logging
import Messages
import Metrics
import ServiceLifecycle
import Storage
import WhatsApp

/// Sends what is due on one channel: claims a batch, passes it through the last gate as fast as the channel's pace and the
/// room for requests allow, and writes down how each request ended.
struct ChannelPump: Sendable {
    private let id: ChannelID
    private let context: SendingContext
    private let state: PumpState
    private let inFlight: InFlight
    private let outbox = Outbox()

    init(_ id: ChannelID, context: SendingContext) {
        (self.id, self.context) = (id, context)
        inFlight = InFlight(limit: context.settings.inFlight)
        state = PumpState()
    }

    /// Ends when the service stops, after the last request under way is written down.
    func run() async {
        async let settling: Void = SettlingDesk(context: context, state: state, inFlight: inFlight, outbox: outbox).run()
        await withDiscardingTaskGroup { requests in await pump(into: &requests) }
        outbox.close()
        await settling
    }

    private func pump(into requests: inout DiscardingTaskGroup) async {
        var claimed: ArraySlice<MessageRecord> = []
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do { try await step(&claimed, into: &requests) } catch {
                context.logger.error("Sending paused for a moment.", metadata: ["channel": "\(id)", "error": "\(error)"])
                await context.wake.wait(atMost: context.settings.pollInterval)
            }
        }
        try? await context.ledger.release(claimed.map(\.id))  // else their lease ends by itself
    }

    private func step(_ claimed: inout ArraySlice<MessageRecord>, into requests: inout DiscardingTaskGroup) async throws {
        if let pause = state.pause { return try await rest(pause, claimed: &claimed) }
        if claimed.isEmpty { claimed = try await ClaimDesk(id: id, context: context, state: state).claim()[...] }
        guard !claimed.isEmpty else { return await context.wake.wait(atMost: context.settings.pollInterval) }
        let room = await inFlight.room(atMost: state.concurrency)
        guard room > 0 else { return }
        let (count, wait) = state.take(upTo: min(room, claimed.count))
        guard count > 0 else { return try await rest(wait, claimed: &claimed) }
        let messages = try await GateDesk(context: context, state: state).ask(Array(claimed.prefix(count)))
        claimed.removeFirst(count)
        state.giveBack(count - messages.count)
        for message in messages {
            inFlight.enter()
            requests.addTask { await send(message) }
        }
    }

    /// Sleeps; what is claimed goes back when its lease would not last, or when nothing at all may go out.
    private func rest(_ wait: Duration, claimed: inout ArraySlice<MessageRecord>) async throws {
        if wait > context.settings.lease / 3 || state.isSuspended {
            try await context.ledger.release(claimed.map(\.id))
            claimed = []
        }
        try await Task.sleep(for: min(wait, context.settings.pollInterval))
    }

    private func send(_ message: MessageRecord) async {
        let outcome = await outcome(of: message)
        Counter(label: "whimbrel_requests_total", dimensions: [("outcome", outcome.word)]).increment()
        let now = context.clock.now()
        outbox.add(
            Settlement(messageID: message.id, attempt: message.attempts, result: result(of: outcome, for: message, at: now), at: now))
    }

    private func outcome(of message: MessageRecord) async -> SendOutcome {
        guard let (channel, provider) = state.sender else { return .unknownProvider }
        guard let template = state.template(message.templateID) else {
            return .refused(SendFailure(.reject, code: "template_gone", summary: "The template no longer exists."))
        }
        guard let outbound = OutboundMessage(message, template) else {
            return .refused(SendFailure(.reject, code: "no_address", summary: "There is neither a number nor an id to write to."))
        }
        do throws(SendFailure) {
            let request = try provider.request(for: outbound, over: channel.line, at: context.clock.now())
            return await context.client.send(request, as: provider, hiding: channel.line.credentials)
        } catch {
            return .refused(error)
        }
    }

    private func result(of outcome: SendOutcome, for message: MessageRecord, at now: Timestamp) -> Settlement.Result {
        switch outcome {
        case .accepted(let acceptance): .accepted(acceptance)
        case .unknown(let code, let summary): .unknown(code: code, summary: summary)
        case .refused(let failure):
            RetryPolicy(random: context.random).decide(
                failure, retries: message.retries, firstAsked: message.askedAt ?? now, at: now,
                pause: state.react(to: failure, template: message.templateID))
        }
    }
}

extension OutboundMessage {
    fileprivate init?(_ message: MessageRecord, _ template: Template) {
        let recipient = message.phone.map(Recipient.phone) ?? message.userID.flatMap(ScopedUserID.init).map(Recipient.user)
        guard let recipient else { return nil }
        self.init(id: message.id, to: recipient, content: .template(TemplateMessage(template, message.parameters)))
    }
}

extension SendOutcome {
    fileprivate var word: String {
        switch self {
        case .accepted: "accepted"
        case .refused: "refused"
        case .unknown: "unknown"
        }
    }
}
