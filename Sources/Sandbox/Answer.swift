import Core

/// What a send request is answered with.
struct Answer: Sendable {
    var status: Int
    var contentType = "application/json"
    var body: JSONValue
    /// The body, where it is no JSON.
    var plain: String?
    /// Seconds for `Retry-After`.
    var retryAfter: Int?

    var bytes: [UInt8] { plain.map { Array($0.utf8) } ?? body.bytes }
}
