import Core
import Providers
import Testing
import WhatsApp

/// The codes of status webhooks, and what a refusal says in words.
@Suite struct VonageCodeTests {
    let provider = VonageProvider()

    private func failure(_ error: JSONValue, status: String = "rejected") throws -> SendFailure {
        var members = try #require(try ProviderCases.vonageJSON("status-rejected-no-error").object)
        (members["error"], members["status"]) = (error, .string(status))
        let events = try provider.events(from: JSONValue.object(members).bytes, kind: .status, over: .vonage)
        guard case .receipt(let receipt)? = events.first, case .failed(let failure) = receipt.status else {
            throw UnreadableWebhook("no failure")
        }
        return failure
    }

    /// developer.vonage.com/api-errors/messages, the whole list, and codes that are not in it.
    @Test(
        arguments: [
            (.slowChannel, [1000]),
            (.reject, [1010, 1020, 1021, 1040, 1090, 1130, 1150, 1160, 1210, 1280, 1310, 1340, 1360, 1001, 1299, 1999, 7]),
            (.holdTemplate, [1022]),
            (.retry, [1030, 1100, 1180, 1220, 1230, 1330]),
            (.unreachable, [1050, 1170, 1190, 1250, 1260, 1300]),
            (.optOut, [1240]),
            (.haltChannel, [1060, 1070, 1080, 1110, 1120, 1140, 1370]),
            (.delayRecipient, [1241]),
        ] as [(SendFailure.Disposition, [Int])])
    func `every documented code has its disposition`(disposition: SendFailure.Disposition, codes: [Int]) throws {
        for code in codes {
            for title in [JSONValue.int(Int64(code)), .string(String(code))] {
                for status in ["rejected", "undeliverable"] {
                    let failure = try failure(["title": title], status: status)
                    #expect(failure.disposition == disposition, "\(code)")
                    #expect(failure.code == "vonage_\(code)")
                    #expect(!failure.isVague && failure.marketingPause == nil)
                }
            }
        }
    }

    @Test(
        arguments: [
            (131_050, .optOut), (131_026, .unreachable), (132_015, .holdTemplate), (131_048, .haltChannel), (131_056, .delayRecipient),
            (130_429, .slowChannel), (131_047, .reject),
        ] as [(Int, SendFailure.Disposition)])
    func `a code of Meta's inside the words decides where Vonage's does not`(
        code: Int, disposition: SendFailure.Disposition
    ) throws {
        for title in ["1399", "1330", "Something else"] {
            let failure = try failure(["title": .string(title), "detail": .string("WhatsApp says (#\(code)) no")])
            #expect(failure.disposition == disposition)
            #expect(failure.code == "meta_\(code)")
            #expect(failure.isVague == (code == 131_026))
        }
    }

    @Test func `a code that Vonage knows comes before the words`() throws {
        let failure = try failure(["title": "1340", "detail": "WhatsApp says (#131026) no"])
        #expect(failure.code == "vonage_1340" && failure.disposition == .reject)
    }

    @Test func `six digits that are no code of Meta's mean nothing`() throws {
        let failure = try failure(["title": "1399", "detail": "Ticket 999999 about 37060000001"])
        #expect(failure == SendFailure(.reject, code: "vonage_1399", summary: "1399; Ticket 999999 about 37060000001"))
    }

    @Test func `a refusal names the parameters and stays short`() throws {
        let outcome = provider.interpret(status: 422, body: try ProviderCases.vonage.bytes("answer-1150"))
        let words = "Invalid params; The value of one or more parameters is invalid.; to: must be a number; text: invalid"
        #expect(outcome == .refused(SendFailure(.reject, code: "vonage_1150", summary: words)))
        let long = #"{"title":"\#(String(repeating: "e\u{301}\n", count: 5000))"}"#
        guard case .refused(let failure) = provider.interpret(status: 500, body: Array(long.utf8)) else {
            Issue.record("not refused")
            return
        }
        #expect(failure.summary.unicodeScalars.count <= 300 && !failure.summary.contains("\n"))
    }
}
