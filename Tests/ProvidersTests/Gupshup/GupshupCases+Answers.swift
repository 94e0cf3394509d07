import WhatsApp

extension ProviderCases {
    private static let longID = String(repeating: "a", count: 255)

    static let gupshupAnswers: [AnswerCase] = [
        AnswerCase("submitted", 202, #"{"status":"submitted","messageId":"\#(GupshupSample.gsID)"}"#, .accepted(GupshupSample.gsID)),
        AnswerCase("success", 200, #"{"messageId":"\#(GupshupSample.gsID)","status":"success"}"#, .accepted(GupshupSample.gsID)),
        AnswerCase("no word", 201, #"{"messageId":"\#(GupshupSample.gsID)"}"#, .accepted(GupshupSample.gsID)),
        AnswerCase("an id that is a number", 202, #"{"status":"submitted","messageId":17}"#, .accepted("17")),
        AnswerCase(
            "an id of 255 bytes", 202, #"{"messageId":"\#(String(repeating: "a", count: 255))"}"#,
            .accepted(String(repeating: "a", count: 255))),
        AnswerCase("an id of 256 bytes", 202, #"{"messageId":"\#(longID)a"}"#, .unknown),
        AnswerCase("an empty id", 202, #"{"status":"submitted","messageId":""}"#, .unknown),
        AnswerCase("no id", 202, #"{"status":"submitted"}"#, .unknown),
        AnswerCase("cut off", 202, #"{"status":"submitted","messageId":"a1f2"#, .unknown),
        AnswerCase("a page", 200, "<html>OK</html>", .unknown),
        AnswerCase(
            "a yes that is a no", 200, #"{"status":"error","message":"No","messageId":"a1f2"}"#, .refused(.reject, code: "http_200")),
        AnswerCase(
            "a yes that is a no with a code", 202, #"{"status":"Error","message":"Template did not match","code":4003}"#,
            .refused(.holdTemplate, code: "gupshup_4003")),
        AnswerCase(
            "invalid destination", 400, #"{"status":"error","message":"Invalid Destination"}"#,
            .refused(.unreachable, code: "gupshup_invalid_destination")),
        AnswerCase(
            "invalid app details", 400, #"{"status":"error","message":"Invalid App Details"}"#,
            .refused(.haltChannel, code: "gupshup_invalid_app_details")),
        AnswerCase("another mistake", 400, #"{"status":"error","message":"Invalid message"}"#, .refused(.reject, code: "http_400")),
        AnswerCase(
            "Meta's code", 400, #"{"status":"error","message":"Paused","code":132015}"#, .refused(.holdTemplate, code: "meta_132015")),
        AnswerCase("Meta's code as text", 400, #"{"status":"error","code":"131047"}"#, .refused(.reject, code: "meta_131047")),
        AnswerCase(
            "Meta's code in the words", 400, #"{"status":"error","message":"(#131042) Payment issue"}"#,
            .refused(.haltChannel, code: "meta_131042")),
        AnswerCase("a code that nobody knows", 400, #"{"status":"error","code":1999}"#, .refused(.reject, code: "gupshup_1999")),
        AnswerCase(
            "authentication failed", 401, #"{"status":"error","message":"Authentication Failed"}"#,
            .refused(.haltChannel, code: "gupshup_authentication_failed")),
        AnswerCase("401 without words", 401, "", .refused(.haltChannel, code: "http_401")),
        AnswerCase("402", 402, "", .refused(.haltChannel, code: "http_402")),
        AnswerCase("403", 403, "<html>Forbidden</html>", .refused(.haltChannel, code: "http_403")),
        AnswerCase("a wrong address", 404, "", .refused(.haltChannel, code: "http_404")),
        AnswerCase("request timeout", 408, "", .refused(.retry, code: "http_408")),
        AnswerCase("413", 413, "", .refused(.reject, code: "http_413")),
        AnswerCase(
            "too many", 429, #"{"status":"error","message":"Too Many Requests"}"#, .refused(.slowChannel, code: "rate_limited")),
        AnswerCase("too many without words", 429, "", .refused(.slowChannel, code: "rate_limited")),
        AnswerCase(
            "too many under another status", 400, #"{"status":"error","message":"Too Many Requests"}"#,
            .refused(.slowChannel, code: "rate_limited")),
        AnswerCase("500", 500, #"{"status":"error","message":"Internal Server Error"}"#, .refused(.retry, code: "http_500")),
        AnswerCase("500 with a code", 500, #"{"status":"error","code":1001}"#, .refused(.retry, code: "gupshup_1001")),
        AnswerCase("bad gateway", 502, #"{"status":"error"}"#, .unknown),
        AnswerCase("503", 503, "", .refused(.retry, code: "http_503")),
        AnswerCase("gateway timeout", 504, "", .unknown),
        AnswerCase("599", 599, "", .refused(.retry, code: "http_599")),
        AnswerCase("moved", 301, "", .refused(.haltChannel, code: "redirected")),
        AnswerCase("found", 302, #"{"messageId":"a1f2"}"#, .refused(.haltChannel, code: "redirected")),
        AnswerCase("temporarily elsewhere", 307, "", .refused(.haltChannel, code: "redirected")),
        AnswerCase("permanently elsewhere", 308, "", .refused(.haltChannel, code: "redirected")),
        AnswerCase("not modified", 304, "", .unknown),
        AnswerCase("continue", 100, "", .unknown),
        AnswerCase("600", 600, "", .unknown),
        AnswerCase("nothing", 0, "", .unknown),
    ]
}
