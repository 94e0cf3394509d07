import WhatsApp

extension GupshupEnterpriseCases {
    static let answers: [AnswerCase] = accepted + errors + plain + statuses + unreadable

    private static func answer(_ id: String, _ details: String, status: String = "error") -> String {
        #"{"response":{"id":"\#(id)","phone":"","details":"\#(details)","status":"\#(status)"}}"#
    }

    private static func refused(
        _ code: String, _ details: String, _ disposition: SendFailure.Disposition, as name: String? = nil
    ) -> AnswerCase {
        AnswerCase(details, 200, answer(code, details), .refused(disposition, code: name ?? "enterprise_\(code)"))
    }

    private static let accepted: [AnswerCase] = [
        AnswerCase("success", 200, answer(id, "", status: "success"), .accepted(id)),
        AnswerCase("in capitals", 202, answer(id, "", status: "SUCCESS"), .accepted(id)),
        AnswerCase("without id", 200, #"{"response":{"phone":"37060000001","status":"success"}}"#, .accepted(nil)),
        AnswerCase("an id too long", 200, answer(String(repeating: "4", count: 256), "", status: "success"), .accepted(nil)),
        AnswerCase(
            "an id as a number", 200, #"{"response":{"id":4600000000000000001,"status":"success"}}"#, .accepted("4600000000000000001")),
    ]

    /// Codes first, then words.
    private static let errors: [AnswerCase] = [
        refused("101", "", .haltChannel), refused("102", "Something", .haltChannel), refused("106", "No such method", .haltChannel),
        refused("105", "", .unreachable),
        refused("300", "Login failed", .haltChannel), refused("300", "Invalid user", .haltChannel),
        refused("300", "Wrong password for the number", .haltChannel),
        refused("301", "Not a valid phone", .unreachable), refused("301", "bad number", .unreachable),
        refused("301", "The user does not exist on WhatsApp", .unreachable),
        refused("302", "Unknown error", .retry), refused("302", "Please try again", .retry), refused("302", "Come back later", .retry),
        refused("303", "No template matched", .holdTemplate), refused("303", "The text does not match", .holdTemplate),
        refused("304", "Wrong number of parameters", .reject),
        refused("305", "The recipient opted out", .optOut), refused("305", "The recipient is not opted in", .reject),
        refused("306", "Country not served", .reject), refused("307", "", .reject),
        refused("308", "Undeliverable (131026)", .unreachable, as: "meta_131026"),
        refused("131049", "Healthy ecosystem", .reject, as: "meta_131049"),
        AnswerCase("failure", 200, answer("105", "", status: "failure"), .refused(.unreachable, code: "enterprise_105")),
        AnswerCase("a code as a number", 200, #"{"response":{"id":105,"status":"error"}}"#, .refused(.unreachable, code: "enterprise_105")),
        AnswerCase("no code", 200, #"{"response":{"id":"","status":"error"}}"#, .refused(.reject, code: "enterprise_error")),
        AnswerCase("a code that is none", 200, answer("a b\\u0000", ""), .refused(.reject, code: "enterprise_error")),
    ]

    private static let plain: [AnswerCase] = [
        AnswerCase("plain success", 200, "success | 37060000001 | \(id)\n", .accepted(id)),
        AnswerCase("plain success without id", 200, "success | 37060000001", .accepted(nil)),
        AnswerCase("plain error", 200, "error | 102 | Authentication failed", .refused(.haltChannel, code: "enterprise_102")),
        AnswerCase("plain error with bars", 200, "error|305|opted | out", .refused(.optOut, code: "enterprise_305")),
        AnswerCase("plain word", 200, "success", .unknown),
        AnswerCase("plain sentence", 200, "Message | queued | maybe", .unknown),
    ]

    private static let statuses: [AnswerCase] =
        [301, 302, 307, 308].map { AnswerCase("redirect", $0, "", .refused(.haltChannel, code: "redirected")) }
        + [502, 504].map { AnswerCase("gateway", $0, answer("105", ""), .unknown) }
        + [0, 100, 199, 300, 304, 600].map { AnswerCase("no answer", $0, answer(id, "", status: "success"), .unknown) }
        + [
            AnswerCase("not on the list of addresses", 403, "<html>Forbidden</html>", .refused(.haltChannel, code: "http_403")),
            AnswerCase("code within", 400, answer("105", ""), .refused(.unreachable, code: "enterprise_105")),
            AnswerCase("success that is none", 400, answer(id, "", status: "success"), .refused(.reject, code: "http_400")),
            AnswerCase("code that says nothing", 401, answer("307", "No"), .refused(.haltChannel, code: "enterprise_307")),
            AnswerCase("not found", 404, "", .refused(.haltChannel, code: "http_404")),
            AnswerCase("timed out", 408, "", .refused(.retry, code: "http_408")),
            AnswerCase("too fast", 429, answer("105", ""), .refused(.slowChannel, code: "rate_limited")),
            AnswerCase("broken", 500, "", .refused(.retry, code: "http_500")),
            AnswerCase("broken, with a code", 503, answer("310", "Down"), .refused(.retry, code: "enterprise_310")),
        ]

    private static let unreadable: [AnswerCase] = [
        #"{"response":{"id":"1"}}"#, #"{"response":{"status":"queued"}}"#, #"{"response":[]}"#, #"{"response":{"status":"succ"#,
        #"{"status":{"a":1}}"#,
    ].map { AnswerCase($0, 200, $0, .unknown) }
}
