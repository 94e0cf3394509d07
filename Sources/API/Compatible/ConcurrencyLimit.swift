import Accounts
import Core
import HTTPTypes
package import Hummingbird
import Synchronization
package import WebSupport

/// Lets an account have so many calls under way at once and refuses more with 429 (vendor document, "rate limits": it is
/// concurrency that counts, not calls per minute). Every instance counts for itself, within this process.
package final class ConcurrencyLimit: RouterMiddleware {
    package typealias Context = KeyContext
    private let limit: Int
    private let running = Mutex<[AccountID: Int]>([:])

    /// - Parameter limit: calls of one account at once, from 1.
    package init(_ limit: Int) { self.limit = limit }

    /// - Throws: `Problem` 429 `too_many_requests`, before anything of the body is read.
    package func handle(
        _ request: Request, context: KeyContext, next: (Request, KeyContext) async throws -> Response
    ) async throws -> Response {
        let account = context.account.id
        guard enter(account) else {
            throw Problem(.tooManyRequests, code: "too_many_requests", headers: [.retryAfter: "1"], "Too many concurrent requests")
        }
        defer { leave(account) }
        return try await next(request, context)
    }

    private func enter(_ account: AccountID) -> Bool {
        running.withLock { running in
            let count = running[account, default: 0]
            guard count < limit else { return false }
            running[account] = count + 1
            return true
        }
    }

    private func leave(_ account: AccountID) {
        running.withLock { running in
            let rest = running[account, default: 1] - 1
            running[account] = rest > 0 ? rest : nil
        }
    }
}
