import Channels
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
        async let settling: Void = settle()
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
        if claimed.isEmpty, let pause = state.pause { return try await Task.sleep(for: min(pause, context.settings.pollInterval)) }
        if claimed.isEmpty { claimed = try await claim()[...] }
        guard !claimed.isEmpty else { return await context.wake.wait(atMost: context.settings.pollInterval) }
        let room = await inFlight.room()
        guard room > 0 else { return }
        let (count, wait) = state.take(upTo: min(room, claimed.count))
        guard count > 0 else { return try await pause(wait, claimed: &claimed) }
        let messages = try await ask(Array(claimed.prefix(count)))
        claimed.removeFirst(count)
        state.giveBack(count - messages.count)
        for message in messages {
            inFlight.enter()
            requests.addTask { await send(message) }
        }
    }

    /// No more than what goes out within a third of the lease, so that a claim does not run out while it waits its turn.
    private func claim() async throws -> [MessageRecord] {
        guard let channel = try await context.channels.channel(id) else { return [] }
        state.use(channel, provider: context.providers[channel.provider])
        let soon = state.perSecond * context.settings.lease.inSeconds / 3
        let now = context.clock.now()
        return try await context.ledger.claim(
            on: id, upTo: max(1, min(context.settings.claimSize, Int(soon))), at: now, leaseUntil: now + context.settings.lease)
    }

    private func pause(_ wait: Duration, claimed: inout ArraySlice<MessageRecord>) async throws {
        if wait > context.settings.lease / 3 {
            try await context.ledger.release(claimed.map(\.id))
            claimed = []
        }
        try await Task.sleep(for: min(wait, context.settings.pollInterval))
    }

    /// The last gate and the mark "asked" in one transaction; what comes back is on disk and goes out now.
    private func ask(_ messages: [MessageRecord]) async throws -> [MessageRecord] {
        let (now, held) = (context.clock.now(), state.heldTemplates())
        let gate = LastGate(consent: context.consent)
        return try await context.engine.write { [context] session in
            let waiting = try context.ledger.stillClaimed(messages, in: session)
            let verdicts = zip(waiting, try gate.judge(waiting, in: session))
            try context.ledger.exclude(
                verdicts.compactMap { message, verdict in if case .exclude(let reason) = verdict { (message, reason) } else { nil } },
                in: session)
            let passed = verdicts.filter { $0.1 == .pass }.map(\.0)
            try context.ledger.postpone(
                passed.filter { held.contains($0.templateID) }, until: now + ChannelPace.probeInterval, in: session)
            return try context.ledger.ask(
                passed.filter { !held.contains($0.templateID) }, at: now, leaseUntil: now + context.settings.lease, in: session)
        }
    }

    private func send(_ message: MessageRecord) async {
        let outcome = await outcome(of: message)
        Counter(label: "whimbrel_requests_total", dimensions: [("outcome", outcome.word)]).increment()
        let now = context.clock.now()
        outbox.add(
            Settlement(messageID: message.id, attempt: message.attempts, result: result(of: outcome, for: message, at: now), at: now))
    }

    private func outcome(of message: MessageRecord) async -> SendOutcome {
        guard let (channel, provider) = state.sender, let phone = message.phone else {
            return .refused(SendFailure(.haltChannel, code: "unknown_provider", summary: "No provider of this name is built in."))
        }
        do {
            guard let template = try await state.template(message.templateID, of: message.accountID, in: context.templates) else {
                return .refused(SendFailure(.reject, code: "template_gone", summary: "The template no longer exists."))
            }
            let outbound = OutboundMessage(
                id: message.id, to: phone, template: template.name, language: template.language, parameters: message.parameters)
            return await context.client.send(try provider.request(for: outbound, over: channel.line), as: provider)
        } catch let failure as SendFailure {
            return .refused(failure)
        } catch {
            return .refused(SendFailure(.retry, code: "storage", summary: "The template could not be read."))
        }
    }

    private func result(of outcome: SendOutcome, for message: MessageRecord, at now: Timestamp) -> Settlement.Result {
        switch outcome {
        case .accepted(let id): .accepted(providerMessageID: id)
        case .unknown(let code, let summary): .unknown(code: code, summary: summary)
        case .refused(let failure):
            RetryPolicy(random: context.random).decide(
                failure, attempt: message.attempts, firstAsked: message.askedAt ?? now, at: now,
                pause: state.react(to: failure, template: message.templateID, log: context.logger))
        }
    }

    /// Writes answers down until the outbox is closed. Nothing is given up: while the database cannot be written the
    /// answers wait here, and since they keep their room no new requests are made.
    private func settle() async {
        while let batch = await outbox.next() {
            while true {
                do {
                    try await context.ledger.settle(batch)
                    try await recordOptOuts(batch)
                    break
                } catch {
                    context.logger.error("Answers could not be written down yet.", metadata: ["error": "\(error)"])
                    guard !Task.isCancelled else { return }
                    try? await Task.sleep(for: context.settings.pollInterval)
                }
            }
            inFlight.leave(batch.count)
        }
    }

    private func recordOptOuts(_ batch: [Settlement]) async throws {
        let gone = batch.filter { if case .failed(_, let failure) = $0.result { failure.disposition == .optOut } else { false } }
        guard !gone.isEmpty else { return }
        try await OptOut(context: context).record(gone)
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
