import AsyncHTTPClient
import Core
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// Posts callbacks: takes messages through their journeys and tries again what was not received.
struct Courier: Service {
    /// One piece of work that waits for its time.
    enum Work: Sendable {
        case journey(Journey)
        case post(Posting)
    }

    /// A notice on its way, with the attempts made so far.
    struct Posting: Sendable {
        let notice: Notice
        var attempts = 0
        var first: ContinuousClock.Instant?
    }

    let world: World
    let queue: DueQueue<Work>
    let client: HTTPClient
    let wires: Wires
    let workers: Int
    let logger: Logger

    /// Works until shutdown, graceful or not, then drops what is queued and breaks off what is under way.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskCancellationHandler {
                await withDiscardingTaskGroup { group in
                    group.addTask { await queue.run() }
                    for _ in 0..<workers {
                        group.addTask { while let work = await queue.next() { await perform(work) } }
                    }
                }
            } onCancel: {
                queue.close()
            }
        }
    }

    private func perform(_ work: Work) async {
        switch work {
        case .journey(let journey): await takeStep(of: journey)
        case .post(let posting): await post(posting)
        }
    }

    /// Takes the current step of a journey and queues the rest. The next step waits for this one's first attempt, so
    /// that the callbacks of a message leave in order.
    func takeStep(of journey: Journey) async {
        guard let step = journey.step, let notice = world.with({ $0.carryOut(step, of: journey.message) }) else { return }
        for _ in 0..<(step.isTwice ? 2 : 1) { await post(Posting(notice: notice)) }
        if journey.rest.step == nil {
            world.with { $0.close(generation: journey.message.generation) }
        } else {
            queue.push(.journey(journey.rest), due: journey.rest.due)
        }
    }

    /// Queues a notice to be posted at once.
    func dispatch(_ notice: Notice) { queue.push(.post(Posting(notice: notice)), due: .now) }

    /// Posts a forged notice once. Returns the status of the answer; nil when none came, or there is nowhere to post it.
    func forge(_ notice: Notice, _ account: SandboxAccount, _ proof: Proof) async -> Int? {
        guard let callback = wires[account.vendor].callback(notice, to: account, proof: proof) else { return nil }
        return await exchange(callback)
    }

    private func post(_ posting: Posting) async {
        let notice = posting.notice
        let now = ContinuousClock.now
        let (account, scale, isCurrent) = world.with {
            ($0.accounts[notice.account], $0.behaviour.callbackRetryScale, notice.generation == $0.generation)
        }
        guard isCurrent else { return }
        guard let account, let callback = wires[account.vendor].callback(notice, to: account, proof: .genuine) else {
            return world.with { $0.close(generation: notice.generation, \.unaddressed) }
        }
        let rule = RetryRule(scale: scale, policy: wires[account.vendor].retries)
        let status = await exchange(callback)
        switch rule.outcome(of: status) {
        case .delivered: world.with { $0.close(generation: notice.generation, \.delivered) }
        case .dropped: giveUp(posting, status)
        case .again: tryAgain(posting, first: posting.first ?? now, rule, status)
        }
    }

    private func tryAgain(_ posting: Posting, first: ContinuousClock.Instant, _ rule: RetryRule, _ status: Int?) {
        guard !Task.isCancelled else { return }
        guard let pause = rule.pause(after: posting.attempts, first: first, now: .now) else { return giveUp(posting, status) }
        world.with { $0.callbacks.retried += 1 }
        let next = Posting(notice: posting.notice, attempts: posting.attempts + 1, first: first)
        queue.push(.post(next), due: .now + pause)
    }

    private func giveUp(_ posting: Posting, _ status: Int?) {
        world.with { $0.close(generation: posting.notice.generation, \.dropped) }
        let message = posting.notice.message.map { "\($0.id)" } ?? "none"
        logger.warning(
            "callback dropped",
            metadata: ["message": "\(message)", "status": "\(status ?? 0)", "attempts": "\(posting.attempts + 1)"])
    }

    /// The status of the answer; nil when none came within the limits of the strictest vendor (3 s to connect, 15 s in
    /// all).
    private func exchange(_ callback: Callback) async -> Int? {
        var request = HTTPClientRequest(url: callback.url)
        request.method = .POST
        request.headers = HTTPHeaders([("content-type", callback.contentType)] + callback.headers)
        request.body = .bytes(ByteBuffer(bytes: callback.body))
        do {
            let response = try await client.execute(request, timeout: .seconds(15))
            for try await _ in response.body.prefix(16) {}  // read to the end, so that the connection can be used again
            return Int(response.status.code)
        } catch {
            logger.debug("callback not received", metadata: ["error": "\(error)"])
            return nil
        }
    }
}

extension Courier {
    /// The status and the text that an address answers a GET with; no status when it does not answer.
    func ask(_ url: String) async -> (Int?, String) {
        do {
            let response = try await client.execute(HTTPClientRequest(url: url), timeout: .seconds(15))
            let body = try await response.body.collect(upTo: 1 << 16)
            return (Int(response.status.code), String(buffer: body))
        } catch {
            return (nil, "")
        }
    }
}
