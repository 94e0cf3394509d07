import WhatsApp

extension GenericCases {
    static let answers: [AnswerCase] = accepted + failures + byStatus + unreadable

    private static func failure(_ code: String) -> String { #"{"status":"failure","error":{"code":\#(code),"message":"No."}}"# }

    private static let accepted: [AnswerCase] = [
        AnswerCase("success", 200, #"{"status":"success"}"#, .accepted(nil)),
        AnswerCase("in capitals", 202, #"{"status":"SUCCESS","more":1}"#, .accepted(nil)),
        AnswerCase("with an error that says nothing", 200, #"{"status":"success","error":{}}"#, .accepted(nil)),
    ]

    private static let failures: [AnswerCase] =
        [
            ("2000", SendFailure.Disposition.haltChannel), ("2001", .reject), ("2002", .unreachable), ("2003", .optOut), ("2004", .reject),
            ("2999", .reject),
        ].flatMap { code, disposition in
            [code, "\"\(code)\""].map { AnswerCase($0, 200, failure($0), .refused(disposition, code: "generic_\(code)")) }
        }
        + [
            AnswerCase("an error without the word", 200, #"{"error":{"code":2002}}"#, .refused(.unreachable, code: "generic_2002")),
            AnswerCase("no error", 200, #"{"status":"failure"}"#, .refused(.reject, code: "generic_failed")),
            AnswerCase("an error in words", 200, #"{"status":"failure","error":"Down"}"#, .refused(.reject, code: "generic_failed")),
            AnswerCase("Meta's own code", 200, failure("131047"), .refused(.reject, code: "meta_131047")),
            AnswerCase("Meta's own code, vague", 200, failure("131026"), .refused(.unreachable, code: "meta_131026")),
        ]

    private static let byStatus: [AnswerCase] =
        [301, 302, 307, 308].map { AnswerCase("redirect", $0, "", .refused(.haltChannel, code: "redirected")) }
        + [502, 504].map { AnswerCase("gateway", $0, failure("2002"), .unknown) }
        + [0, 100, 199, 300, 304, 600].map { AnswerCase("no answer", $0, #"{"status":"success"}"#, .unknown) }
        + [
            AnswerCase("code within", 400, failure("2002"), .refused(.unreachable, code: "generic_2002")),
            AnswerCase("code that says nothing", 400, failure("2999"), .refused(.reject, code: "generic_2999")),
            AnswerCase("success that is none", 400, #"{"status":"success"}"#, .refused(.reject, code: "http_400")),
            AnswerCase("signed out", 401, "", .refused(.haltChannel, code: "http_401")),
            AnswerCase("forbidden", 403, "<html>", .refused(.haltChannel, code: "http_403")),
            AnswerCase("not found", 404, "", .refused(.haltChannel, code: "http_404")),
            AnswerCase("timed out", 408, "", .refused(.retry, code: "http_408")),
            AnswerCase("too fast", 429, failure("2002"), .refused(.slowChannel, code: "rate_limited")),
            AnswerCase("broken", 500, "", .refused(.retry, code: "http_500")),
            AnswerCase("broken, with a code", 503, failure("2004"), .refused(.retry, code: "generic_2004")),
        ]

    private static let unreadable: [AnswerCase] = [
        #"{"status":"queued"}"#, #"{"status":true}"#, #"{"status":"succ"#, #"["success"]"#, "success",
    ].map { AnswerCase($0, 200, $0, .unknown) }
}
