import Core
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// The vendor's side: `POST /v1/messages`.
struct SendRoutes: Sendable {
    let world: World
    let courier: Courier

    func add(to router: Router<SandboxContext>) {
        router.post("v1/messages", use: send)
    }

    @Sendable private func send(_ request: Request, context: SandboxContext) async throws -> Response {
        let body = try await request.body.collect(upTo: 256 * 1024)
        let json = body.withUnsafeReadableBytes { JSONValue.parse($0) }
        let reception = world.with { $0.receive(authorization: request.headers[.authorization], body: json) }
        if reception.isEarly || reception.delay > .zero {
            try await cancelWhenGracefulShutdown { try await answerLater(reception) }
        } else if let accepted = reception.accepted {
            let journey = Journey(accepted, start: .now)
            courier.queue.push(.journey(journey), due: journey.due)
        }
        if reception.isLost { await context.hangUp() }
        return Response(reception.answer)
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

extension Journey {
    fileprivate init(_ accepted: Reception.Accepted, start: ContinuousClock.Instant) {
        self.init(message: accepted.message, steps: accepted.steps, start: start)
    }
}

extension Response {
    init(_ answer: Answer) {
        self.init(
            status: .init(code: answer.status), headers: [.contentType: answer.contentType],
            body: .init(byteBuffer: ByteBuffer(bytes: answer.body.bytes)))
    }
}
