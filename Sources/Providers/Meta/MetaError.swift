import Core
import WhatsApp

/// Meta's error object, as it stands in answers (`error`), in failed statuses and at the side of a webhook (`errors[]`):
/// `{code, title?, message?, error_subcode?, is_transient?, error_data: {details}?}`. Titles change, so only the code is
/// judged; anything else reads as an error without a code.
struct MetaError {
    let code: Int?
    /// What Meta says, on one line; nil when it says nothing.
    let summary: String?
    let isTransient: Bool
    /// The number's id does not exist, or the token may not see it; for every message alike.
    let isUnknownObject: Bool

    init(_ json: JSONValue?) {
        let words = Self.words(of: json)
        let number = json?["code"]?.looseInt.flatMap { (0...9_999_999).contains($0) ? Int($0) : nil }
        let code = number ?? MetaErrorCodes.first(in: words)
        let subcode = json?["error_subcode"]?.looseInt
        isTransient = json?["is_transient"]?.bool == true
        isUnknownObject = code == 100 && subcode == 33
        self.code = code
        // Meta repeats a token that it cannot read.
        if code == 0 || code == 190 {
            summary = "Meta does not take the access token" + (subcode.map { " (subcode \($0))." } ?? ".")
        } else {
            summary = words.isEmpty ? nil : words.shortened(to: 300)
        }
    }

    /// The error in the body of an answer.
    init(body: [UInt8]) { self.init((try? JSONValue(parsing: body))?["error"]) }

    private static func words(of json: JSONValue?) -> String {
        let parts = [json?["title"], json?["message"], json?["error_data"]?["details"], json?["error_user_msg"], json?["reason"]]
        var words: [String] = []
        for part in parts.compactMap({ $0?.looseText }) where !words.contains(part) { words.append(part) }
        return words.joined(separator: "; ")
    }
}

extension MetaError {
    /// By the code, then by the HTTP status (Meta, "Error codes"): limits come under 400, 403 and 429 alike.
    func failure(status: Int) -> SendFailure {
        let summary = summary ?? "HTTP \(status)"
        if let code, !isUnknownObject, MetaErrorCodes.meaning(of: code) != nil {
            return MetaErrorCodes.failure(code: code, summary: summary)
        }
        let name = status == 429 ? "rate_limited" : code.map { "meta_\($0)" } ?? "http_\(status)"
        return SendFailure(disposition(of: status), code: name, summary: summary)
    }

    private func disposition(of status: Int) -> SendFailure.Disposition {
        switch status {
        case 429: .slowChannel
        case 408, 500...: .retry
        case _ where isTransient: .retry
        case _ where isUnknownObject: .haltChannel
        case 401, 403, 404: .haltChannel
        default: .reject
        }
    }
}
