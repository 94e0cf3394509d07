import WhatsApp

private func error(_ members: String) -> String { #"{"error":{"message":"No","type":"OAuthException",\#(members),"fbtrace_id":"A1b2"}}"# }

extension MetaCases {
    static let answers: [AnswerCase] = taken + refusals + unclear

    private static let taken: [AnswerCase] = [
        AnswerCase(
            "accepted", 200,
            #"{"messaging_product":"whatsapp","contacts":[{"input":"37060000001","wa_id":"37060000001"}],"messages":[{"id":"wamid.OUT7"}]}"#,
            .accepted("wamid.OUT7")),
        AnswerCase("accepted by a proxy", 201, #"{"messages":[{"id":"wamid.OUT7"}]}"#, .accepted("wamid.OUT7")),
        AnswerCase(
            "held for pacing", 200, #"{"messages":[{"id":"wamid.OUT7","message_status":"held_for_quality_assessment"}]}"#,
            .accepted("wamid.OUT7")),
        AnswerCase("a number for an id", 200, #"{"messages":[{"id":17}]}"#, .accepted("17")),
        AnswerCase("no messages", 200, #"{"messaging_product":"whatsapp","messages":[]}"#, .unknown),
        AnswerCase("an endless id", 200, #"{"messages":[{"id":"\#(String(repeating: "w", count: 256))"}]}"#, .unknown),
        AnswerCase("cut off", 200, #"{"messages":[{"id":"wamid.OU"#, .unknown),
        AnswerCase("an error under 200", 200, error(#""code":131000"#), .unknown),
    ]

    private static let refusals: [AnswerCase] = [
        AnswerCase("limit under 403", 403, error(#""code":4"#), .refused(.slowChannel, code: "meta_4")),
        AnswerCase("limit under 429", 429, error(#""code":130429"#), .refused(.slowChannel, code: "meta_130429")),
        AnswerCase("limit of the pair under 429", 429, error(#""code":131056"#), .refused(.delayRecipient, code: "meta_131056")),
        AnswerCase("429 without words", 429, "", .refused(.slowChannel, code: "rate_limited")),
        AnswerCase("429 with a new code", 429, error(#""code":139999"#), .refused(.slowChannel, code: "rate_limited")),
        AnswerCase("code in quotes", 400, error(#""code":"132001""#), .refused(.holdTemplate, code: "meta_132001")),
        AnswerCase(
            "code only in the words", 400, #"{"error":{"message":"(#132001) Template name does not exist"}}"#,
            .refused(.holdTemplate, code: "meta_132001")),
        AnswerCase("a bad parameter", 400, error(#""code":100"#), .refused(.reject, code: "meta_100")),
        AnswerCase(
            "the number's id does not exist", 400, error(#""code":100,"error_subcode":33"#), .refused(.haltChannel, code: "meta_100")),
        AnswerCase("a new code", 400, error(#""code":139999"#), .refused(.reject, code: "meta_139999")),
        AnswerCase(
            "a new code that will pass", 400, error(#""code":139999,"is_transient":true"#), .refused(.retry, code: "meta_139999")),
        AnswerCase("400 without words", 400, "Bad Request", .refused(.reject, code: "http_400")),
        AnswerCase("401 without words", 401, "", .refused(.haltChannel, code: "http_401")),
        AnswerCase("403 without words", 403, "<html>", .refused(.haltChannel, code: "http_403")),
        AnswerCase("404 without words", 404, "", .refused(.haltChannel, code: "http_404")),
        AnswerCase("413 without words", 413, "", .refused(.reject, code: "http_413")),
        AnswerCase("the request came too slowly", 408, "", .refused(.retry, code: "http_408")),
        AnswerCase("500 in plain text", 500, "Internal Server Error", .refused(.retry, code: "http_500")),
        AnswerCase("500 with a new code", 500, error(#""code":139999"#), .refused(.retry, code: "meta_139999")),
        AnswerCase("503", 503, error(#""code":131016"#), .refused(.retry, code: "meta_131016")),
        AnswerCase("599", 599, "", .refused(.retry, code: "http_599")),
        AnswerCase("error is a text", 400, #"{"error":"invalid_request"}"#, .refused(.reject, code: "http_400")),
    ]

    private static let unclear: [AnswerCase] =
        [301, 302, 307, 308].map { AnswerCase("moved", $0, "", .refused(.haltChannel, code: "redirected")) }
        + [502, 504].map { AnswerCase("a gateway", $0, error(#""code":131016"#), .unknown) }
        + [0, 100, 103, 300, 303, 304, 600, 999].map { AnswerCase("no answer", $0, "", .unknown) }
}
