import Core
import Hummingbird

/// The accounts, their templates, and what a vendor does with an account outside of messages.
struct AccountRoutes: Sendable {
    let world: World
    let courier: Courier

    func add(to router: Router<SandboxContext>) {
        router.get("sandbox/accounts", use: list).post("sandbox/accounts", use: set)
        router.post("sandbox/accounts/:key/templates", use: register)
        router.post("sandbox/accounts/:key/templates/status", use: changeTemplate)
        router.post("sandbox/accounts/:key/verify", use: verify)
        router.post("sandbox/accounts/:key/forge", use: forge)
    }

    @Sendable private func list(_ request: Request, context: SandboxContext) -> Response {
        Response(["accounts": .array(world.with { $0.accounts.all }.map(\.json))])
    }

    @Sendable private func set(_ request: Request, context: SandboxContext) async throws -> Response {
        let account = try SandboxAccount(try await request.json())
        world.with { $0.accounts.set(account) }
        return Response(account.json)
    }

    @Sendable private func register(_ request: Request, context: SandboxContext) async throws -> Response {
        let (key, json) = (try context.parameters.require("key"), try await request.json())
        return Response(try world.attempt { (state) throws(InputError) in try state.register(json, for: key) }.json)
    }

    /// Posts the vendor's notice of it, where there is one; the answer does not wait for it.
    @Sendable private func changeTemplate(_ request: Request, context: SandboxContext) async throws -> Response {
        let (key, json) = (try context.parameters.require("key"), try await request.json())
        let notices = try world.attempt { (state) throws(InputError) in try state.changeTemplate(json, of: key) }
        for notice in notices { courier.dispatch(notice) }
        return Response(["changed": .int(Int64(notices.count))])
    }

    /// Asks the account's callback, as Meta does when it is set up, to echo a challenge. Answers with the status that it
    /// gave, null for none, and whether the echo was right.
    @Sendable private func verify(_ request: Request, context: SandboxContext) async throws -> Response {
        let key = try context.parameters.require("key")
        let (account, challenge) = try world.attempt { (state) throws(InputError) in
            (try state.account(key), state.random.number() >> 33)
        }
        guard case .meta(let credentials) = account.credentials, let url = account.statusURL ?? account.inboundURL else {
            throw InputError(.conflict, code: "nothing_to_verify", "only accounts with Meta that have a callback are verified")
        }
        let (status, text) = await courier.ask(MetaChallenge.url(url, token: credentials.verifyToken, challenge: challenge))
        return Response(["status": status.map { .int(Int64($0)) } ?? .null, "echoed": .bool(status == 200 && text == "\(challenge)")])
    }

    /// Posts a status that says the account's newest message was read, with a wrong signature; `kind` is one of `Forgery`.
    /// Answers with the status that the receiver gave, null for none.
    @Sendable private func forge(_ request: Request, context: SandboxContext) async throws -> Response {
        let key = try context.parameters.require("key")
        let members = try (try await request.json()).members(allowing: ["kind"])
        guard let forgery = Forgery(rawValue: try members.text("kind", 1...40)) else {
            let known = Forgery.allCases.map(\.rawValue).joined(separator: ", ")
            throw InputError(code: "invalid_kind", field: "kind", "kind is one of \(known)")
        }
        let (account, notice, secret) = try world.attempt { (state) throws(InputError) in
            let account = try state.account(key)
            return (account, try state.readNotice(of: key), state.wrongSecret(forgery, for: account))
        }
        guard account.credentials.signingSecret != nil else {
            throw InputError(.conflict, code: "nothing_to_forge", "\(account.vendor.label) does not sign the callbacks of this account")
        }
        let status = await courier.forge(notice, account, .forged(forgery, secret: secret))
        return Response(["kind": .string(forgery.rawValue), "status": status.map { .int(Int64($0)) } ?? .null])
    }
}

extension WorldState {
    /// The secret of another account of the same vendor for `otherAccount`; else, or without one, a secret of nobody.
    fileprivate func wrongSecret(_ forgery: Forgery, for account: SandboxAccount) -> String {
        let others = accounts.all.filter { $0.vendor == account.vendor && $0.key != account.key }
        let other = forgery == .otherAccount ? others.lazy.compactMap(\.credentials.signingSecret).first : nil
        return other ?? random.token(bytes: 32)
    }
}

extension Credentials {
    /// What proves the vendor's callbacks; nil where nothing does.
    fileprivate var signingSecret: String? {
        switch self {
        case .vonage(let credentials): credentials.signatureSecret
        case .meta(let credentials): credentials.appSecret
        case .gupshup(let credentials): credentials.webhookSecret
        case .gupshupEnterprise, .generic: nil
        }
    }
}
