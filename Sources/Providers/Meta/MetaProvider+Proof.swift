package import Core
import Crypto
package import WhatsApp

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension MetaProvider {
    /// By `X-Hub-Signature-256`: `sha256=` and the HMAC-SHA256 of the raw bytes under the app's secret, in 64 small
    /// hexadecimal digits (Meta, "Webhooks", validating payloads). Meta signs no time, so an old call proves itself again:
    /// what it tells is then known already.
    package func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool {
        guard let secret = line.credentials["app_secret"], !secret.isEmpty, let signature = webhook["x-hub-signature-256"],
            signature.utf8.count == 71
        else { return false }
        let code = HMAC<SHA256>.authenticationCode(for: webhook.body, using: SymmetricKey(data: Array(secret.utf8)))
        return equalInConstantTime(signature.utf8, ("sha256=" + code.hexadecimal).utf8)
    }

    /// The value of `hub.challenge`, when `hub.verify_token` is the channel's (Meta, "Webhooks", verification requests).
    package func challenge(_ query: [String: String], over line: Line) -> String? {
        guard query["hub.mode"] == "subscribe", let token = line.credentials["verify_token"], !token.isEmpty,
            let given = query["hub.verify_token"], equalInConstantTime(given.utf8, token.utf8),
            let challenge = query["hub.challenge"], (1...256).contains(challenge.utf8.count)
        else { return nil }
        return challenge
    }
}
