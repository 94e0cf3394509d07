import WhatsApp

/// A vendor's no, in its own form.
struct VendorRefusal {
    var failure: SendFailure
    /// Whether the vendor's code or words say what to do; else the HTTP status does.
    var isKnown: Bool
}

/// What the HTTP status of an answer says (`docs/decisions/0009`), for vendors that document little about theirs.
enum StatusVerdict {
    /// - Parameter refusal: what the body says, if it is the vendor's no.
    /// - Returns: nil for 2xx, where the body alone decides.
    static func outcome(status: Int, refusal: VendorRefusal?) -> SendOutcome? {
        switch status {
        case 200..<300: nil
        // Never followed, because the credentials would go to another host.
        case 301, 302, 307, 308:
            .refused(
                SendFailure(.haltChannel, code: "redirected", summary: "HTTP \(status): the address of the channel redirects elsewhere."))
        // A gateway that got no usable answer from the real server knows no more than we do.
        case 502, 504: .unknown(code: "http_\(status)", summary: refusal?.failure.summary ?? "HTTP \(status)")
        case 400..<600: .refused(failure(status: status, refusal))
        default: .unknown(code: "http_\(status)", summary: "HTTP \(status) is no answer to a request to send.")
        }
    }

    private static func failure(status: Int, _ refusal: VendorRefusal?) -> SendFailure {
        if let refusal, refusal.isKnown, !statusAloneDecides(status) { return refusal.failure }
        let code = status == 429 ? "rate_limited" : refusal?.failure.code ?? "http_\(status)"
        return SendFailure(disposition(of: status), code: code, summary: refusal?.failure.summary ?? "HTTP \(status)")
    }

    private static func statusAloneDecides(_ status: Int) -> Bool { status == 408 || status == 429 || status >= 500 }

    private static func disposition(of status: Int) -> SendFailure.Disposition {
        switch status {
        case 401, 402, 403, 404: .haltChannel  // the account or the address is wrong, for every message alike
        case 408, 500...: .retry
        case 429: .slowChannel
        default: .reject
        }
    }
}
