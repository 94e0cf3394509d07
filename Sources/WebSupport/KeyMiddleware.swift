package import Accounts
import HTTPTypes
package import Hummingbird
import Logging

/// Checks the key of an API call: `X-CleverTap-Account-Id` and `X-CleverTap-Passcode` (CleverTap, "Authentication").
/// Put `group(context: KeyContext.self)` behind it.
package struct KeyMiddleware: RouterMiddleware {
    package typealias Context = SiteContext
    private let accounts: AccountStore
    private let settings: SiteSettings
    private let guesses: PasscodeGuesses

    /// - Parameter guesses: one for all surfaces, so that nobody gets more guesses by going from one to the other.
    package init(accounts: AccountStore, settings: SiteSettings = SiteSettings(), guesses: PasscodeGuesses = PasscodeGuesses()) {
        (self.accounts, self.settings, self.guesses) = (accounts, settings, guesses)
    }

    /// - Throws: `Problem.invalidKey` before anything of the body is read; 429 `too_many_guesses` as `PasscodeGuesses` says.
    package func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let (id, passcode) = (request.headers[.accountID] ?? "", request.headers[.passcode] ?? "")
        let check = try await accounts.check(publicID: id, passcode: passcode)
        if let wait = guesses.wait(check, publicID: id, passcode: passcode, from: settings.address(of: request, context)) {
            throw Problem.tooManyGuesses(wait)
        }
        guard case .account(let account) = check else { throw Problem.invalidKey(check) }
        var context = context
        context.account = account
        context.logger[metadataKey: "account"] = "\(account.id)"
        return try await next(request, context)
    }
}
