import Core
import Foundation
import Synchronization

/// The tokens that applications show in the place of a password: JSON Web Tokens, RS256, with `application_id`,
/// `iat`, `exp` and `jti` (developer.vonage.com, "Authentication"). What was checked once is remembered for as long as the token lives.
final class ApplicationTokens: Sendable {
    private struct Known: Sendable {
        let key: ApplicationKey
        let application: String
        let expires: Int64
    }

    private let known = Mutex<[String: Known]>([:])

    /// Whose token it is.
    func account(of token: String, in accounts: AccountDirectory, now: Timestamp) -> Result<SandboxAccount, Refusal> {
        let known = self.known.withLock { $0[token] } ?? Self.read(token, in: accounts, now: now)
        guard let known, let account = accounts.account(marked: "vonage application \(known.application)"),
            account.vonage?.applicationKey == known.key
        else { return .failure(.unauthorized("The token is not one of an application of this sandbox, or its signature is wrong.")) }
        guard known.expires > now.seconds else { return .failure(.tokenExpired) }
        remember(token, known)
        return .success(account)
    }

    private func remember(_ token: String, _ known: Known) {
        self.known.withLock { tokens in
            if tokens.count >= 256, tokens[token] == nil { tokens = [:] }
            tokens[token] = known
        }
    }

    private static func read(_ token: String, in accounts: AccountDirectory, now: Timestamp) -> Known? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, json(parts[0])?["alg"] == "RS256", let claims = json(parts[1]),
            let application = claims["application_id"]?.string, let expires = claims["exp"]?.number, let issued = claims["iat"]?.number,
            claims["jti"]?.string?.isEmpty == false, (0...1e12).contains(expires), issued <= Double(now.seconds) + 60,
            let key = accounts.account(marked: "vonage application \(application)")?.vonage?.applicationKey,
            let signature = Base64.decodeForURL(parts[2]), key.isSignature(signature, of: Array("\(parts[0]).\(parts[1])".utf8))
        else { return nil }
        return Known(key: key, application: application, expires: Int64(expires))
    }

    private static func json(_ part: Substring) -> JSONValue? {
        Base64.decodeForURL(part).flatMap { try? JSONValue(parsing: $0) }
    }
}
