import Core

/// Meta's errors: an `error` object whose `code` says what happened (developers.facebook.com, "Error codes").
enum MetaAnswer {
    static func refused(_ refusal: Refusal, trace: MessageUUID) -> Answer {
        switch refusal {
        case .unauthorized(let detail): error(190, detail: detail, trace)
        case .tokenExpired: error(190, subcode: 463, detail: "The session has expired.", trace)
        case .sender(let id):
            error(100, subcode: 33, detail: "There is no object with the id \(id), or the token may not use it.", trace)
        case .invalid(let problems): invalid(problems, trace)
        case .rateLimited: error(130_429, detail: "The number sends more than its throughput allows.", trace)
        case .status(let status): failure(status, trace)
        case .code(let code): error(Int(code) ?? 131_000, detail: "Refused as the sandbox was told.", trace)
        case .mishap(let mishap): error(MetaCodes.code(of: mishap), detail: MetaCodes.detail(of: mishap), trace)
        }
    }

    private static func invalid(_ problems: InvalidParameters, _ trace: MessageUUID) -> Answer {
        let fault = problems.faults.first
        let code = fault?.code.flatMap { Int($0) } ?? (fault?.reason == "is required" ? 131_008 : 131_009)
        return error(code, detail: problems.faults.map { "\($0.name) \($0.reason)" }.joined(separator: "; "), trace)
    }

    /// For a status that the sandbox was told to give, with the code that usually comes with it.
    private static func failure(_ status: Int, _ trace: MessageUUID) -> Answer {
        let codes = [401: 190, 402: 131_042, 403: 10, 404: 100, 429: 130_429, 503: 131_016]
        let code = codes[status] ?? (status >= 500 ? 131_000 : 131_009)
        var answer = error(code, detail: "Refused as the sandbox was told.", trace)
        answer.status = status
        return answer
    }

    private static func error(_ code: Int, subcode: Int? = nil, detail: String, _ trace: MessageUUID) -> Answer {
        var error: [String: JSONValue] = [
            "message": .string("(#\(code)) \(MetaCodes.title(of: code))"), "type": "OAuthException", "code": .int(Int64(code)),
            "fbtrace_id": .string(String(trace.description.filter { $0 != "-" }.prefix(11))),
            "error_data": ["messaging_product": "whatsapp", "details": .string(detail)],
        ]
        if let subcode { error["error_subcode"] = .int(Int64(subcode)) }
        if MetaCodes.isTransient(code) { error["is_transient"] = true }
        return Answer(status: MetaCodes.status(of: code), contentType: "application/json; charset=UTF-8", body: ["error": .object(error)])
    }
}
