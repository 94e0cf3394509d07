import Core
import Providers
import Testing
import WhatsApp

/// Every documented code, in a `failed` event and in an answer alike.
@Suite struct GupshupCodeTests {
    private let provider = GupshupProvider()

    private static let table: [(SendFailure.Disposition, [Int])] = [
        (.retry, [500, 4002]),
        (.haltChannel, [471, 1001, 1003, 4001]),
        (.unreachable, [1002]),
        (.optOut, [1012]),
        (.holdTemplate, [1005, 4003, 4005]),
        (.reject, [470, 1004, 1006, 1007, 1008, 1009, 1010, 1011, 4004, 1013, 7]),
    ]

    private static let metaTable: [(SendFailure.Disposition, [Int])] = [
        (.retry, [131_000, 131_016, 131_052, 131_053, 135_000]),
        (.slowChannel, [130_429, 131_057]),
        (.delayRecipient, [131_056]),
        (.reject, [131_047, 131_049, 130_472, 131_051, 132_000, 132_012, 199_999]),
        (.unreachable, [131_026, 130_497]),
        (.optOut, [131_050]),
        (.holdTemplate, [132_001, 132_007, 132_015, 132_016]),
        (.haltChannel, [131_031, 131_042, 131_048]),
    ]

    @Test(arguments: table)
    func `Gupshup's codes ask for what the table says`(disposition: SendFailure.Disposition, codes: [Int]) throws {
        for code in codes { try expect(disposition, "gupshup_\(code)", for: code) }
    }

    @Test(arguments: metaTable)
    func `Meta's codes keep their meaning and their name`(disposition: SendFailure.Disposition, codes: [Int]) throws {
        for code in codes { try expect(disposition, "meta_\(code)", for: code) }
    }

    @Test func `a code of Gupshup's is never vague`() throws {
        let failure = try reported(1002)
        #expect(!failure.isVague && failure.marketingPause == nil)
    }

    @Test func `a code beyond reason is read all the same`() throws {
        let failure = try reported(Int.max)
        #expect(failure.disposition == .reject && failure.code == "gupshup_\(Int.max)")
    }

    @Test func `a long reason becomes one short line`() throws {
        let failure = try reported(1009, reason: #"a\nb"# + String(repeating: "x", count: 500))
        #expect(failure.summary.hasPrefix("a b") && failure.summary.unicodeScalars.count == 300)
    }

    private func expect(_ disposition: SendFailure.Disposition, _ name: String, for code: Int) throws {
        let failure = try reported(code)
        #expect(failure.disposition == disposition && failure.code == name, "\(code)")
        let body = Array(#"{"status":"error","message":"No","code":\#(code)}"#.utf8)
        guard case .refused(let refusal) = provider.interpret(status: 400, body: body) else {
            Issue.record("\(code) is a refusal")
            return
        }
        #expect(refusal.disposition == disposition && refusal.code == name, "\(code)")
    }

    private func reported(_ code: Int, reason: String = "No") throws -> SendFailure {
        let body = """
            {"app":"MyShop","timestamp":1793613600000,"version":2,"type":"message-event","payload":{"id":"a1f2","type":"failed",
             "destination":"37060000001","payload":{"code":\(code),"reason":"\(reason)"}}}
            """
        let events = try provider.events(from: Array(body.utf8), kind: .status, over: .gupshup())
        guard case .receipt(let receipt)? = events.first, case .failed(let failure) = receipt.status else {
            throw UnreadableWebhook("no failure")
        }
        return failure
    }
}
