import WhatsApp

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The key and secret of an account, for HTTP Basic.
struct VonageAccount {
    private let key: String
    private let secret: String

    /// Nil unless both are there.
    init?(_ credentials: Credentials) {
        guard let key = credentials["api_key"], let secret = credentials["api_secret"] else { return nil }
        (self.key, self.secret) = (key, secret)
    }

    /// The value of the `Authorization` header.
    var basic: String { "Basic " + Data("\(key):\(secret)".utf8).base64EncodedString() }
}
