import Core
import WhatsApp

/// What the gateway says to a call: `{"response": {"id", "phone", "details", "status"}}`, where `id` is that of the message
/// or, after an error, its code; or in plain text `success | phone | id` and `error | code | details`.
enum GupshupEnterpriseAnswer {
    /// Without an id the message is known by our own reference in its reports.
    case success(id: String?)
    case refusal(VendorRefusal)
    case unreadable

    var refusal: VendorRefusal? { if case .refusal(let refusal) = self { refusal } else { nil } }

    init(_ body: [UInt8]) {
        if let json = try? JSONValue(parsing: body) { self.init(json) } else { self.init(String(decoding: body, as: UTF8.self)) }
    }

    init(_ json: JSONValue) {
        let response = [json["response"], json["data"], json].lazy.compactMap { $0 }.first { $0["status"] != nil }
        let (id, details) = (response?["id"]?.looseText, response?["details"]?.looseText)
        self.init(status: response?["status"]?.looseText, id: id, code: id, details: details)
    }

    private init(_ text: String) {
        let parts = text.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map(Self.trimmed)
        guard parts.count >= 2 else { self = .unreadable; return }
        let last = parts.count == 3 ? JSONValue.string(parts[2]).looseText : nil
        self.init(status: parts[0], id: last, code: parts[1], details: last)
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    private init(status: String?, id: String?, code: String?, details: String?) {
        switch status?.lowercased() {
        case "success": self = .success(id: id.flatMap { (1...255).contains($0.utf8.count) ? $0 : nil })
        case "error", "failure", "failed": self = .refusal(Self.refusal(code: code, details: details))
        default: self = .unreadable
        }
    }

    /// Few codes are known; the others are judged by what the details say.
    private static func refusal(code: String?, details: String?) -> VendorRefusal {
        let summary = details ?? code.map { "The gateway refused with the code \($0)." } ?? "The gateway refused and did not say why."
        if let meta = MetaErrorCodes.first(in: "\(code ?? "") \(details ?? "")") {
            return VendorRefusal(failure: MetaErrorCodes.failure(code: meta, summary: summary), isKnown: true)
        }
        let known = code.flatMap { dispositions[$0] } ?? GupshupEnterpriseWords.answers.disposition(of: details ?? "")
        let name = GupshupEnterpriseWords.code(code) ?? "enterprise_error"
        let failure = SendFailure(known ?? .reject, code: name, summary: summary.shortened(to: 300))
        return VendorRefusal(failure: failure, isKnown: known != nil)
    }

    private static let dispositions: [String: SendFailure.Disposition] = [
        "101": .haltChannel, "102": .haltChannel,  // login
        "105": .unreachable,  // bad number
        "106": .haltChannel,  // method not supported
    ]
}
