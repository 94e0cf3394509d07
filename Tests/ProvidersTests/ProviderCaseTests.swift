import Core
import CoreTesting
import Testing
import WhatsApp

/// One runner for the cases of all providers.
@Suite struct ProviderCaseTests {
    /// A case with its provider, so that each has a line of its own in the log.
    struct Row<Case: Sendable & CustomTestStringConvertible>: Sendable, CustomTestStringConvertible {
        let cases: ProviderCases
        let item: Case
        var testDescription: String { "\(cases.provider.name): \(item.testDescription)" }
    }

    private static func rows<Case>(_ list: (ProviderCases) -> [Case]) -> [Row<Case>] {
        everyProvider.flatMap { cases in list(cases).map { Row(cases: cases, item: $0) } }
    }

    static let noon = Timestamp(seconds: 1_793_613_600)

    @Test(arguments: rows(\.outgoing))
    func `a message becomes the request that the vendor documents`(row: Row<OutgoingCase>) throws {
        let (provider, line) = (row.cases.provider, row.item.line ?? row.cases.line)
        let request: ProviderRequest
        do { request = try provider.request(for: row.item.message, over: line, at: Self.noon) } catch {
            guard case .refused(let code) = row.item.expected else { throw error }
            #expect(error.code == code)
            return
        }
        #expect(request.method == .post && request.url.hasPrefix(line.baseURL) && request.url.hasSuffix(row.item.path))
        for (name, value) in row.item.headers { #expect(request.headers[name] == value) }
        switch row.item.expected {
        case .json(let fixture): #expect(try JSONValue(parsing: request.body) == JSONValue(parsing: row.cases.bytes(fixture)))
        case .form(let fields): #expect(Self.readable(FormFields.decoded(request.body)) == Self.readable(fields))
        case .refused(let code): Issue.record("\(row.item.name) should be refused as \(code)")
        }
    }

    /// Fields that hold JSON are compared as such.
    private static func readable(_ fields: [String: String]) -> [String: JSONValue] {
        fields.mapValues { text in
            text.first == "{" || text.first == "[" ? (try? JSONValue(parsing: Array(text.utf8))) ?? .string(text) : .string(text)
        }
    }

    @Test(arguments: rows(\.answers))
    func `an answer means what the vendor documents`(row: Row<AnswerCase>) {
        let meaning: AnswerCase.Expected =
            switch row.cases.provider.interpret(status: row.item.status, body: row.item.body) {
            case .accepted(let acceptance): .accepted(acceptance.providerMessageID)
            case .refused(let failure): .refused(failure.disposition, code: failure.code)
            case .unknown: .unknown
            }
        #expect(meaning == row.item.expected)
    }

    @Test(arguments: rows(\.incoming))
    func `a call tells what the vendor documents`(row: Row<IncomingCase>) throws {
        let body = try row.cases.bytes(row.item.fixture)
        switch row.item.expected {
        case .events(let events):
            let read = try row.cases.provider.events(from: body, kind: row.item.kind, over: row.cases.line)
            #expect(read.map(\.withoutPayload) == events.map(\.withoutPayload))
        case .unreadable:
            #expect(throws: UnreadableWebhook.self) {
                try row.cases.provider.events(from: body, kind: row.item.kind, over: row.cases.line)
            }
        }
    }

    @Test(arguments: everyProvider.map { Row(cases: $0, item: Nothing()) }, [1, 2, 3] as [UInt64])
    func `damaged calls and answers are read or refused, never more`(row: Row<Nothing>, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for (name, bytes) in try row.cases.payloads() {
            for _ in 0..<40 {
                let body = generator.mutate(bytes)
                for kind in WebhookKind.allCases {
                    let events = try? row.cases.provider.events(from: body, kind: kind, over: row.cases.line)  // unreadable is fine
                    #expect((events?.count ?? 0) <= 50, "\(name)")
                }
                for status in [300, 400, 401, 403, 404, 422, 429, 500, 503] {
                    if case .accepted = row.cases.provider.interpret(status: status, body: body) {
                        Issue.record("\(name): yes to \(status)")
                    }
                }
                _ = row.cases.provider.interpret(status: 200, body: body)
                _ = try? row.cases.provider.templates(status: 200, body: body, page: nil)
                _ = row.cases.provider.checkResult(status: 200, body: body)
            }
        }
    }

    @Test(arguments: everyProvider.map { Row(cases: $0, item: Nothing()) }, ["", "{}", "[]", "null", "OK", "<html>", "{\"a\"", "\u{FEFF}"])
    func `a success without substance is never an acceptance`(row: Row<Nothing>, body: String) {
        if case .accepted = row.cases.provider.interpret(status: 200, body: Array(body.utf8)) { Issue.record("accepted") }
    }

    struct Nothing: Sendable, CustomTestStringConvertible { var testDescription: String { "" } }
}

extension WebhookEvent {
    fileprivate var withoutPayload: WebhookEvent {
        switch self {
        case .inbound(var message):
            message.payload = .null
            return .inbound(message)
        case .receipt(var receipt):
            receipt.pricing = nil
            return .receipt(receipt)
        case .preference(var preference):
            preference.evidence = .null
            return .preference(preference)
        case .template, .channel, .person, .unreadable: return self
        }
    }
}
