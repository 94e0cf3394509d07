import Core
import WhatsApp

/// The body with which Vonage refuses a request (`application/problem+json`):
/// `{type, title, detail, instance, invalid_parameters:[{name, reason}]}`. Anything else reads as a problem without words.
struct VonageProblem {
    /// What the address in `type` ends with: `1150`, `unauthorized`.
    let word: String?
    /// Title, detail and the parameters that are wrong, cut short; nil when there is none of them.
    let summary: String?

    init(_ body: [UInt8]) {
        let json = (try? JSONValue(parsing: body)) ?? .null
        word = json["type"]?.string.flatMap(Self.word(of:))
        let wrong = json["invalid_parameters"]?.array?.compactMap { parameter -> String? in
            guard let name = parameter["name"]?.looseText else { return nil }
            return "\(name): \(parameter["reason"]?.looseText ?? "invalid")"
        }
        let words = [json["title"]?.looseText, json["detail"]?.looseText].compactMap { $0 } + (wrong ?? [])
        summary = words.isEmpty ? nil : words.joined(separator: "; ").shortened(to: 300)
    }

    /// The answers of developer.vonage.com/api-errors/messages, by HTTP status: the numbers in `type` mean other things
    /// here than in a status webhook.
    func failure(status: Int) -> SendFailure {
        switch status {
        // Never followed, because the credentials would go to another host. Nothing was taken, and every request would
        // end the same way: somebody has to look at the channel's address.
        case 301, 302, 307, 308:
            SendFailure(.haltChannel, code: "redirected", summary: "HTTP \(status): the address of the channel redirects elsewhere.")
        case 429: SendFailure(.slowChannel, code: "rate_limited", summary: summary ?? "HTTP 429")
        default:
            SendFailure(
                disposition(of: status), code: word.map { "vonage_" + $0 } ?? "http_\(status)", summary: summary ?? "HTTP \(status)")
        }
    }

    private func disposition(of status: Int) -> SendFailure.Disposition {
        switch status {
        case 401, 402, 403: .haltChannel
        case 408: .retry  // the server gave up on a request that it never got whole
        case 422 where word == "1120": .haltChannel  // the sender is invalid, for every message alike
        case 400..<500: .reject
        default: .retry
        }
    }

    /// The end of an error's address, after the last `#` or `/`, in small letters with underscores; nil when it has other
    /// characters than such words have.
    static func word(of type: String) -> String? {
        guard let word = type.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "#" || $0 == "/" }).last,
            (1...40).contains(word.utf8.count)
        else { return nil }
        let plain = word.lowercased().map { $0 == "-" ? "_" : $0 }
        return plain.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } ? String(plain) : nil
    }
}
