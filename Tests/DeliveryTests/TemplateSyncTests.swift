import AsyncHTTPClient
import Channels
import Core
import Storage
import StorageTesting
import Testing
import WhatsApp

@testable import Delivery

@Suite struct TemplateSyncTests {
    @Test(arguments: TestEngine.available)
    func `a list is read page by page and taken over whole`(kind: TestEngine) async throws {
        let pages = ["1": "hello,order;2", "2": "code;3", "3": "bye;"]
        try await withChannel(kind, page: { pages[$0] ?? "" }) { (fixture, sync, channel) async throws in
            let changes = try await sync.sync(channel)
            #expect(changes?.added.map(\.name.name) == ["hello", "order", "code", "bye"])
            #expect(try await fixture.channels.channel(channel.id)?.health.syncedAt == at(0))
            #expect(try await sync.sync(channel)?.unchanged == 4)
        }
    }

    @Test(arguments: TestEngine.available)
    func `a list that breaks off changes nothing`(kind: TestEngine) async throws {
        try await withChannel(kind, page: { $0 == "1" ? "hello;2" : "" }) { (fixture, sync, channel) async throws in
            let error = await #expect(throws: SendFailure.self) { try await sync.sync(channel) }
            #expect(error?.code == "refused")
            #expect(try await fixture.templates.all(on: channel.id, of: DeliveryFixture.account) == [])
            #expect(try await fixture.channels.channel(channel.id)?.health.syncedAt == nil)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a list without an end is given up and changes nothing`() async throws {
        try await withChannel(.sqlite, page: { _ in "hello;1" }) { (fixture, sync, channel) async throws in
            let error = await #expect(throws: SendFailure.self) { try await sync.sync(channel) }
            #expect((error?.disposition, error?.code) == (.reject, "endless_list"))
            #expect(try await fixture.templates.all(on: channel.id, of: DeliveryFixture.account) == [])
        }
    }

    @Test func `a server that is not there is worth another try`() async throws {
        try await withChannel(.sqlite, page: nil) { (_, sync, channel) async throws in
            let error = await #expect(throws: SendFailure.self) { try await sync.sync(channel) }
            #expect((error?.disposition, error?.code) == (.retry, "not_reached"))
            #expect(await sync.check(channel)?.problem?.code == "not_reached")
        }
    }

    @Test func `a vendor without a list has nothing to take over`() async throws {
        try await withChannel(.sqlite, page: { _ in "" }, changes: ["credentials": ["key": "none"]]) { (_, sync, channel) async throws in
            #expect(try await sync.sync(channel) == nil)
            #expect(await sync.check(channel) == nil)
        }
    }

    @Test func `the check tells what the vendor says, without a secret`() async throws {
        try await withChannel(.sqlite, page: { _ in "open sesame is no key" }) { (_, sync, channel) async throws in
            #expect(await sync.check(channel)?.problem?.summary == "••• is no key")
        }
    }

    /// - Parameter page: what the vendor answers when it is asked for a page, `names;next page`; nil for no server at all.
    private func withChannel(
        _ kind: TestEngine, page: (@Sendable (String) -> String)?, changes: [String: JSONValue] = [:],
        _ body: @Sendable (DeliveryFixture, TemplateSync, Channel) async throws -> Void
    ) async throws {
        let fixture = try await DeliveryFixture(kind, provider: ListingProvider())
        let script = page.map { page in
            ServerScript.reply { request in
                let said = page(request.firstMatch(of: /page=(\d*)/).map { String($0.1) } ?? "")
                return
                    "HTTP/1.1 \(said.isEmpty ? "403 No" : "200 OK")\r\nconnection: close\r\ncontent-length: \(said.utf8.count)\r\n\r\n\(said)"
            }
        }
        try await withHTTP(script) { client, url in
            let channel = try await fixture.channel("Main", changes.merging(["base_url": .string(url)]) { $1 })
            try await body(fixture, TemplateSync(context: fixture.context(client)), channel)
        }
    }
}

/// A vendor whose list is `names;next page`, one template for each name, and whose word about the credentials is the body.
private struct ListingProvider: Provider {
    let name = "listing"
    let baseURL: String? = nil
    func limits(for credentials: Credentials) -> ProviderLimits { ProviderLimits(perSecond: 1) }

    func check(_ credentials: Credentials) throws(InputError) {}
    func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        ProviderRequest(url: line.baseURL, headers: [:])
    }
    func interpret(status: Int, body: [UInt8]) -> SendOutcome { .unknown(code: "", summary: "") }
    func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool { false }
    func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] { [] }

    func templateRequest(page: String?, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? {
        line.credentials["key"] == "none" ? nil : ProviderRequest(.get, url: "\(line.baseURL)?page=\(page ?? "1")", headers: [:])
    }

    func templates(status: Int, body: [UInt8], page: String?) throws(SendFailure) -> TemplatePage {
        guard status == 200 else { throw SendFailure(.haltChannel, code: "refused", summary: "No.") }
        let parts = String(decoding: body, as: UTF8.self).split(separator: ";", omittingEmptySubsequences: false)
        let templates = (parts.first ?? "").split(separator: ",").map { name in
            ListedTemplate(
                providerID: "id-\(name)", name: String(name), language: "en", standing: .approved,
                content: try? TemplateContent(json: ["body": "Hello"]))
        }
        return TemplatePage(templates: templates, next: parts.last.flatMap { $0.isEmpty ? nil : String($0) })
    }

    func checkRequest(over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? {
        line.credentials["key"] == "none" ? nil : ProviderRequest(.get, url: "\(line.baseURL)?page=1", headers: [:])
    }

    func checkResult(status: Int, body: [UInt8]) -> ConnectionReport {
        ConnectionReport(problem: SendFailure(.haltChannel, code: "bad_key", summary: String(decoding: body, as: UTF8.self)))
    }
}
