import WhatsApp

extension VonageCases {
    static let answers: [AnswerCase] = accepted + unreadable + refusals + redirects + silences

    private static let accepted: [AnswerCase] = [200, 202, 299].flatMap { status in
        [
            AnswerCase("an id", status, #"{"message_uuid":"\#(uuid)"}"#, .accepted(uuid)),
            AnswerCase("an id and a workflow", status, #"{"message_uuid":"\#(uuid)","workflow_id":"3TcNjguHxr2"}"#, .accepted(uuid)),
            AnswerCase("an id as a number", status, #"{"message_uuid":17}"#, .accepted("17")),
        ]
    }

    private static let unreadable: [AnswerCase] = [
        #"{"message_uuid":""}"#, #"{"message_uuid":null}"#, #"{"message_uuid":{"a":1}}"#, #"{"message_uuid":"aaaaaaaa"#,
        #"{"uuid":"a"}"#, "{\"message_uuid\":\"\(String(repeating: "a", count: 256))\"}",
    ].map { AnswerCase(String($0.prefix(30)), 202, $0, .unknown) }

    private static func refused(_ status: Int, _ word: String?, _ disposition: SendFailure.Disposition, _ code: String) -> AnswerCase {
        let type = word.map { "https://developer.vonage.com/api-errors/messages#\($0)" }
        let body = type.map { #"{"type":"\#($0)","title":"No","detail":"Because.","instance":"bf0ca0bf"}"# } ?? ""
        return AnswerCase(word ?? "nothing", status, body, .refused(disposition, code: code))
    }

    /// developer.vonage.com/api-errors and /api-errors/messages.
    private static let refusals: [AnswerCase] = [
        refused(401, "unauthorized", .haltChannel, "vonage_unauthorized"),
        refused(401, "jwt-expired", .haltChannel, "vonage_jwt_expired"),
        refused(401, "jwt-revoked", .haltChannel, "vonage_jwt_revoked"),
        refused(401, "invalid-api-key", .haltChannel, "vonage_invalid_api_key"),
        refused(401, "invalid-signature", .haltChannel, "vonage_invalid_signature"),
        refused(401, nil, .haltChannel, "http_401"),
        refused(402, "low-balance", .haltChannel, "vonage_low_balance"),
        refused(402, nil, .haltChannel, "http_402"),
        refused(403, "forbidden", .haltChannel, "vonage_forbidden"),
        refused(403, "unprovisioned", .haltChannel, "vonage_unprovisioned"),
        refused(403, "account-suspended", .haltChannel, "vonage_account_suspended"),
        refused(404, "not-found", .reject, "vonage_not_found"),
        refused(400, nil, .reject, "http_400"),
        refused(405, nil, .reject, "http_405"),
        refused(408, nil, .retry, "http_408"),
        refused(413, nil, .reject, "http_413"),
        refused(422, "1150", .reject, "vonage_1150"),
        refused(422, "1020", .reject, "vonage_1020"),
        refused(422, "1110", .reject, "vonage_1110"),
        refused(422, "1430", .reject, "vonage_1430"),
        refused(422, "1120", .haltChannel, "vonage_1120"),
        refused(422, "1010", .reject, "vonage_1010"),
        refused(422, "what is this?", .reject, "http_422"),
        refused(422, nil, .reject, "http_422"),
        refused(429, "1010", .slowChannel, "rate_limited"),
        refused(429, nil, .slowChannel, "rate_limited"),
        refused(500, nil, .retry, "http_500"),
        refused(501, nil, .retry, "http_501"),
        refused(503, "internal-error", .retry, "vonage_internal_error"),
        refused(599, nil, .retry, "http_599"),
        AnswerCase("a page", 503, "<html><body><h1>503</h1></body></html>", .refused(.retry, code: "http_503")),
    ]

    private static let redirects = [301, 302, 307, 308].map {
        AnswerCase("a redirect", $0, "", .refused(.haltChannel, code: "redirected"))
    }

    /// What says neither yes nor no.
    private static let silences = [100, 300, 303, 304, 502, 504, 600, 0, -1].map { AnswerCase("neither yes nor no", $0, "{}", .unknown) }
}
