import Core
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Takes the send requests of every vendor and answers them, well or as badly as told.
struct SendDesk: Sendable {
    let world: World
    let courier: Courier

    /// - Parameter path: the parts of the path that the wire wants to see.
    func take(
        _ request: Request, _ context: SandboxContext, by wire: any Wire, path: [String: String] = [:]
    ) async throws -> Response {
        let body = try await request.body.collect(upTo: 256 * 1024)
        return try await take(Call(headers: request.headers, path: path, body: body, as: wire.encoding), context, by: wire)
    }

    /// The same for a request that is read already.
    func take(_ call: Call, _ context: SandboxContext, by wire: any Wire) async throws -> Response {
        let message = wire.read(call)
        let reception = world.with { $0.receive(call, message, by: wire) }
        if reception.isEarly || reception.delay > .zero {
            try await cancelWhenGracefulShutdown { try await answerLater(reception) }
        } else if let accepted = reception.accepted {
            let journey = Journey(accepted, start: .now)
            courier.queue.push(.journey(journey), due: journey.due)
        }
        if reception.fault == .reset {
            await context.reset()
        } else if reception.isLost {
            await context.hangUp()
        }
        guard reception.fault != .none else { return Response(reception.answer) }
        return Response(reception.answer, spoilt: reception.fault, redirect: reception.redirect, context)
    }

    /// Waits out the answer's delay, and posts the first callback before, when told so. The journey of any other
    /// message begins with the answer, so that its callbacks do not come early by chance.
    private func answerLater(_ reception: Reception) async throws {
        if reception.isEarly, let accepted = reception.accepted {
            await courier.takeStep(of: Journey(accepted, start: .now))
        }
        if reception.delay > .zero { try await Task.sleep(for: reception.delay) }
        if !reception.isEarly, let accepted = reception.accepted {
            let journey = Journey(accepted, start: .now)
            courier.queue.push(.journey(journey), due: journey.due)
        }
    }
}

extension SendDesk {
    /// The account behind a request that sends nothing, such as a listing, or the vendor's refusal.
    func account(_ call: Call, by wire: any Wire) -> Result<SandboxAccount, Refusal> {
        world.with { state in
            let account = wire.account(of: call, in: state.accounts)
            guard case .success = account, state.behaviour.isTokenExpired else { return account }
            return .failure(.tokenExpired)
        }
    }

    /// The templates that a listing of this account shows.
    func templates(of account: SandboxAccount) -> [Template] { world.with { $0.templates[account.key]?.listed ?? [] } }

    func refusal(_ refusal: Refusal, by wire: any Wire) -> Response {
        Response(wire.refused(refusal, trace: MessageUUID(world.with { $0.random })))
    }
}

extension Journey {
    fileprivate init(_ accepted: Reception.Accepted, start: ContinuousClock.Instant) {
        self.init(message: accepted.message, steps: accepted.steps, start: start)
    }
}

extension Response {
    init(_ answer: Answer) {
        var headers: HTTPFields = [.contentType: answer.contentType]
        if let seconds = answer.retryAfter { headers[.retryAfter] = String(seconds) }
        self.init(status: .init(code: answer.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: answer.bytes)))
    }
}
