import Accounts
import Core
package import Hummingbird
package import Ingest
package import Profiles
package import Storage
package import WebSupport

/// The calls of the vendor's own data API, so that an existing client only changes its host.
package struct CompatibleRoutes: Sendable {
    /// The largest body that the upload call takes, in bytes.
    package static let uploadLimit = 8 * 1024 * 1024
    /// The same for the other calls.
    package static let bodyLimit = 1024 * 1024

    private let upload: UploadService
    private let subscribe: SubscribeService
    private let profiles: ProfileStore
    private let events: EventStore
    private let engine: any SQLEngine
    private let uploads: ConcurrencyLimit
    private let others: ConcurrencyLimit

    /// - Parameters:
    ///   - uploads: how many uploads an account may have under way; the vendor allows 15.
    ///   - others: the same for all the other calls together; the vendor allows 3.
    package init(
        upload: UploadService, subscribe: SubscribeService, profiles: ProfileStore, events: EventStore, engine: any SQLEngine,
        uploads: ConcurrencyLimit = ConcurrencyLimit(15), others: ConcurrencyLimit = ConcurrencyLimit(3)
    ) {
        (self.upload, self.subscribe, self.profiles, self.events) = (upload, subscribe, profiles, events)
        (self.engine, self.uploads, self.others) = (engine, uploads, others)
    }

    /// - Parameter group: the one at `/1`, behind the check of the key.
    package func add(to group: RouterGroup<KeyContext>) {
        group.group().add(middleware: uploads).post("upload", use: takeUpload)
        group.group().add(middleware: others)
            .get("profile.json", use: showProfile)
            .post("subscribe", use: takeSubscriptions)
    }

    @Sendable private func takeUpload(_ request: Request, context: KeyContext) async throws -> Response {
        let dryRun = try Self.isDryRun(request)
        let body = try await request.json(upTo: Self.uploadLimit)
        return .json(try await upload.upload(body, to: context.account.id, dryRun: dryRun).json)
    }

    @Sendable private func takeSubscriptions(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: Self.bodyLimit)
        return .json(try await subscribe.subscribe(body, to: context.account.id).json)
    }

    @Sendable private func showProfile(_ request: Request, context: KeyContext) async throws -> Response {
        let (key, account) = (try Self.key(request), context.account.id)
        let answer = try await engine.read { session -> JSONValue? in
            guard let profile = try profiles.find(key, of: account, in: session) else { return nil }
            return try profile.answer(events: events.summary(of: profile.id, account: account, in: session))
        }
        guard let answer else { throw InputError(.notFound, code: "profile_not_found", "No such profile.") }
        return .json(answer)
    }

    /// Storing what was meant as a trial is worse than an error, so only 1 and 0 are taken, and only once.
    private static func isDryRun(_ request: Request) throws -> Bool {
        switch try request.queryValue("dryRun") {
        case nil, "0": return false
        case "1": return true
        default: throw InputError(code: "invalid_dry_run", field: "dryRun", "dryRun is 1 or 0.")
        }
    }

    private static func key(_ request: Request) throws -> ProfileStore.Key {
        let keys = [
            try request.queryValue("email").map(ProfileStore.Key.email),
            try request.queryValue("identity").map(ProfileStore.Key.identity),
            try request.queryValue("objectId").map(ProfileStore.Key.objectID),
        ].compactMap(\.self)
        guard keys.count == 1 else {
            throw InputError(code: "invalid_query", "Give exactly one of email, identity and objectId.")
        }
        return keys[0]
    }
}
