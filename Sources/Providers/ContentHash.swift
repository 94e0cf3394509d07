import Core
import Crypto

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The id of an inbound message whose vendor gives none.
enum ContentHash {
    /// SHA-256 in lower-case hexadecimal over what tells one message from another: the same message delivered twice has the
    /// same id. The parts are hashed as a JSON array, so that no two lists of parts read alike.
    static func id(of parts: [JSONValue?]) -> String {
        SHA256.hash(data: JSONValue.array(parts.map { $0 ?? .null }).bytes).hexadecimal
    }
}
