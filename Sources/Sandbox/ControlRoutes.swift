import Core
import Hummingbird

/// How tests and people steer the sandbox and see what it got. Nobody has to sign in: it listens where the operator
/// says and holds nothing real.
struct ControlRoutes: Sendable {
    let world: World
    let courier: Courier

    func add(to router: Router<SandboxContext>) {
        router.get("sandbox/behaviour", use: showBehaviour).post("sandbox/behaviour", use: changeBehaviour)
        router.post("sandbox/reset", use: reset)
        router.get("sandbox/requests", use: listRequests).get("sandbox/requests/summary", use: summary)
    }

    @Sendable private func showBehaviour(_ request: Request, context: SandboxContext) -> Response {
        Response(world.with { $0.behaviour }.json)
    }

    /// Changes the keys that are given. Messages already accepted keep what was drawn for them.
    @Sendable private func changeBehaviour(_ request: Request, context: SandboxContext) async throws -> Response {
        let json = try await request.json()
        let changed = try world.attempt { (state) throws(InputError) in
            state.behaviour = try state.behaviour.changed(by: json)
            return state.behaviour
        }
        return Response(changed.json)
    }

    /// Forgets messages, phones, log and what is queued, and behaves as at the start. Accounts and their templates stay.
    @Sendable private func reset(_ request: Request, context: SandboxContext) -> Response {
        courier.queue.clear()
        world.with { $0.reset() }
        return Response(["reset": true])
    }

    @Sendable private func listRequests(_ request: Request, context: SandboxContext) throws -> Response {
        let after = try request.count("after", default: 0, in: 0...Int.max)
        let limit = try request.count("limit", default: 1000, in: 1...10_000)
        return Response(world.with { $0.log.page(after: after, limit: limit) })
    }

    @Sendable private func summary(_ request: Request, context: SandboxContext) -> Response {
        let (summary, callbacks) = world.with { ($0.log.summary, $0.callbacks) }
        return Response(.object(summary.merging(["callbacks": callbacks.json]) { $1 }))
    }
}

extension CallbackTally {
    fileprivate var json: JSONValue {
        [
            "open": .int(Int64(open)), "delivered": .int(Int64(delivered)), "retried": .int(Int64(retried)),
            "dropped": .int(Int64(dropped)), "unaddressed": .int(Int64(unaddressed)),
        ]
    }
}
