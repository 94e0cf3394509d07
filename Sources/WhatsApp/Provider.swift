package import Core

/// One vendor's wire format, as pure functions; one shared sender does the I/O.
///
/// A vendor need not have all of it: what it does not have is nil by default.
package protocol Provider: Sendable {
    /// Its name in the API and the database: `vonage`.
    var name: String { get }
    /// Where it is reached unless the channel says otherwise: `https://api.nexmo.com`. Nil when each channel must say.
    var baseURL: String? { get }
    /// What a new channel with these credentials starts with.
    func limits(for credentials: Credentials) -> ProviderLimits

    /// Checks that the credentials are complete and well formed; asks nobody.
    func check(_ credentials: Credentials) throws(InputError)

    /// What would go over the wire. The same message at the same time gives the same request.
    /// - Throws: `SendFailure` for what this vendor cannot send; nothing goes out then.
    func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest

    /// What the provider's answer means. `body` may be cut off, empty, or no JSON at all.
    func interpret(status: Int, body: [UInt8]) -> SendOutcome

    /// Whether the call is the provider's own, by its signature over the raw bytes, and fresh. Reads nothing else. A
    /// vendor that signs nothing is proven by the secret address alone, and by a header of the channel's own if it has one.
    func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool

    /// What to answer to the call with which a vendor tests a callback address; nil when the call does not prove that it
    /// knows the channel's token.
    func challenge(_ query: [String: String], over line: Line) -> String?

    /// Translates a verified body. One call may carry many events. What is not for this line, or tells nothing that we
    /// keep, gives none; an entry that cannot be read among others that can is `.unreadable`.
    /// - Throws: `UnreadableWebhook` when nothing can be made of the whole.
    func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent]

    /// Asks for a page of the vendor's templates, the first when `page` is nil. Nil when the vendor has no list.
    func templateRequest(page: String?, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest?

    /// Reads a page of templates.
    /// - Parameter page: what was asked for, as given to `templateRequest`: some answers do not say which page they are.
    /// - Throws: `SendFailure` when the vendor refused or the answer cannot be read.
    func templates(status: Int, body: [UInt8], page: String?) throws(SendFailure) -> TemplatePage

    /// The cheapest call that shows whether the credentials work and sends nothing. Nil when the vendor has none.
    func checkRequest(over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest?

    /// What the answer to `checkRequest` means.
    func checkResult(status: Int, body: [UInt8]) -> ConnectionReport

    /// Asks for a file that a person sent.
    /// - Throws: `SendFailure` for an address outside the vendor's own hosts (`providers.md` 7, 12).
    func mediaRequest(for media: MediaReference, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest

    /// Of an answer that only names the file: where it is. Nil when the answer is the file.
    func mediaReference(in body: [UInt8], answering media: MediaReference) -> MediaReference?
}

extension Provider {
    package func challenge(_ query: [String: String], over line: Line) -> String? { nil }

    package func templateRequest(page: String?, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? { nil }

    package func templates(status: Int, body: [UInt8], page: String?) throws(SendFailure) -> TemplatePage {
        TemplatePage(templates: [], next: nil)
    }

    package func checkRequest(over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? { nil }

    package func checkResult(status: Int, body: [UInt8]) -> ConnectionReport { ConnectionReport(problem: nil) }

    package func mediaRequest(for media: MediaReference, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        throw SendFailure(.reject, code: "no_media", summary: "This provider has no files to fetch.")
    }

    package func mediaReference(in body: [UInt8], answering media: MediaReference) -> MediaReference? { nil }
}

/// How fast and how wide a channel may send, unless it says otherwise (`providers.md` 7, 6).
package struct ProviderLimits: Hashable, Sendable {
    /// Messages a second.
    package var perSecond: Double
    /// Requests under way at once; nil for as many as the program allows.
    package var concurrency: Int?

    package init(perSecond: Double, concurrency: Int? = nil) { (self.perSecond, self.concurrency) = (perSecond, concurrency) }
}

/// An HTTP request to a provider. Printing it shows neither headers nor body, which hold secrets.
package struct ProviderRequest: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    package enum Method: String, Hashable, Sendable { case get = "GET", post = "POST" }

    package var method: Method
    package var url: String
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(_ method: Method = .post, url: String, headers: [String: String], body: [UInt8] = []) {
        (self.method, self.url, self.headers, self.body) = (method, url, headers, body)
    }

    package var description: String { "\(method.rawValue) \(url.prefix { $0 != "?" })" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Whether a channel's credentials work, and what the vendor says about the number.
package struct ConnectionReport: Hashable, Sendable {
    /// Nil when they work.
    package var problem: SendFailure?
    /// What is worth showing to a person, by name: `quality`, `messaging_limit`.
    package var facts: [String: String]

    package init(problem: SendFailure?, facts: [String: String] = [:]) { (self.problem, self.facts) = (problem, facts) }
}

/// Where a file that a person sent is to be had.
package enum MediaReference: Hashable, Sendable {
    case link(String)
    case id(String)
}
