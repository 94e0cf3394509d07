import Core
import Providers
import Testing
import WhatsApp

/// Meta's whole list of error codes, as an answer and as a status that comes later.
@Suite struct MetaErrorTableTests {
    static let table: [(SendFailure.Disposition, [Int])] = [
        (.retry, [1, 2, 131_000, 131_014, 131_016, 131_052, 131_053, 133_016, 135_000]),
        (.slowChannel, [4, 613, 80_007, 130_429, 131_057]),
        (.delayRecipient, [131_056]),
        (
            .reject,
            [
                100, 130_472, 131_008, 131_009, 131_021, 131_030, 131_047, 131_049, 131_051, 131_062, 132_000, 132_005, 132_008,
                132_012, 132_018, 137_000,
            ]
        ),
        (.unreachable, [130_497, 131_026]),
        (.optOut, [131_050]),
        (.holdTemplate, [131_063, 132_001, 132_007, 132_015, 132_016, 132_068, 132_069]),
        (
            .haltChannel,
            [
                0, 3, 10, 190, 200, 250, 299, 368, 131_005, 131_031, 131_037, 131_042, 131_044, 131_045, 131_048, 131_064, 133_010,
            ]
        ),
    ]

    static let rows = table.flatMap { disposition, codes in codes.map { (disposition, $0) } }

    @Test(arguments: rows, [400, 403, 429, 500])
    func `an answer is judged by its code`(row: (disposition: SendFailure.Disposition, code: Int), status: Int) {
        let body = #"{"error":{"message":"(#\#(row.code)) No","type":"OAuthException","code":\#(row.code)}}"#
        guard case .refused(let failure) = MetaProvider().interpret(status: status, body: Array(body.utf8)) else {
            Issue.record("not refused")
            return
        }
        check(failure, row)
    }

    @Test(arguments: rows)
    func `a failed status is judged by its code`(row: (disposition: SendFailure.Disposition, code: Int)) throws {
        let body = MetaStatusBody.failed(#"{"code":\#(row.code),"title":"No","error_data":{"details":"Because."}}"#)
        let events = try MetaProvider().events(from: Array(body.utf8), kind: .status, over: .meta)
        guard case .receipt(let receipt)? = events.first, case .failed(let failure) = receipt.status, events.count == 1 else {
            Issue.record("\(events)")
            return
        }
        check(failure, row)
    }

    private func check(_ failure: SendFailure, _ row: (disposition: SendFailure.Disposition, code: Int)) {
        #expect(failure.disposition == row.disposition)
        #expect(failure.code == "meta_\(row.code)")
        #expect(failure.isVague == (row.code == 131_026))
        #expect(failure.marketingPause == (row.code == 131_049 ? .seconds(86_400) : nil))
    }

    @Test(arguments: [5, 9, 11, 199, 300, 1002, 130_000, 131_001, 139_999, 999_999])
    func `another code concerns its own message only`(code: Int) {
        let body = #"{"error":{"code":\#(code)}}"#
        let expected = SendOutcome.refused(SendFailure(.reject, code: "meta_\(code)", summary: "HTTP 400"))
        #expect(MetaProvider().interpret(status: 400, body: Array(body.utf8)) == expected)
    }

    @Test(arguments: [0, 190])
    func `a token that Meta repeats is not repeated`(code: Int) {
        let body = #"{"error":{"message":"Malformed access token EAAGexample","code":\#(code),"error_subcode":463}}"#
        let expected = SendFailure(
            .haltChannel, code: "meta_\(code)", summary: "Meta does not take the access token (subcode 463).")
        #expect(MetaProvider().interpret(status: 401, body: Array(body.utf8)) == .refused(expected))
    }

    @Test func `a summary is one line of at most 300 scalars`() {
        let words = String(repeating: #"line\n"#, count: 100)
        let body = #"{"error":{"message":"\#(words)","code":131000,"error_data":{"details":"more"}}}"#
        guard case .refused(let failure) = MetaProvider().interpret(status: 400, body: Array(body.utf8)) else {
            Issue.record("not refused")
            return
        }
        #expect(failure.summary.unicodeScalars.count == 300 && !failure.summary.contains("\n"))
    }
}

enum MetaStatusBody {
    /// A webhook with one failed status and this error.
    static func failed(_ error: String) -> String {
        """
        {"object":"whatsapp_business_account","entry":[{"id":"800000000000001","changes":[{"field":"messages","value":{
        "messaging_product":"whatsapp","metadata":{"phone_number_id":"700000000000001"},"statuses":[{"id":"wamid.OUT7",
        "status":"failed","timestamp":"1790000010","errors":[\(error)]}]}}]}]}
        """
    }
}
