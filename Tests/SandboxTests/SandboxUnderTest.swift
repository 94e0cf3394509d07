import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Sandbox
import Testing

/// A running sandbox with one account whose callbacks go to a receiver of the test.
struct SandboxUnderTest: Sendable {
    let port: Int
    let receiver: Receiver
    /// Where the receiver is.
    let address: String

    static let account = SandboxAccount(
        key: "key", secret: "secret", signatureSecret: "0123456789abcdef0123456789abcdef", number: "37052000000")
    static let credentials = "Basic a2V5OnNlY3JldA=="

    struct Answer: Sendable {
        let status: Int
        let type: String?
        let text: String
        let location: String?
        let headers: HTTPFields
        let bytes: [UInt8]

        var json: JSONValue { (try? JSONValue(parsing: text)) ?? .null }
    }

    /// Boots both on free ports, the sandbox as a service beside the receiver, sets the behaviour, and shuts both down
    /// gracefully when `body` returns. All delays are 0 unless told.
    static func run(
        _ behaviour: JSONValue = [:], clock: WallClock = .system, _ body: @escaping @Sendable (SandboxUnderTest) async throws -> Void
    ) async throws {
        let receiver = Receiver()
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let settings = try SandboxSettings(listen: "127.0.0.1:0", accounts: [account], behaviour: .immediate)
        let service = SandboxService(settings: settings, clock: clock, random: .seeded(1)) { port.yield($0) }
        try await Application(router: receiver.router, services: [service]).test(.live) { client in
            let sandbox = SandboxUnderTest(
                port: try #require(await ports.first { _ in true }), receiver: receiver,
                address: "http://localhost:\(try #require(client.port))")
            try await sandbox.receiveCallbacks(at: sandbox.address)
            try await sandbox.behave(behaviour)
            try await body(sandbox)
        }
    }

    private func receiveCallbacks(at address: String) async throws {
        let answer = try await post(
            "/sandbox/accounts",
            [
                "key": .string(Self.account.key), "secret": .string(Self.account.secret),
                "signature_secret": .string(Self.account.signatureSecret), "number": "37052000000",
                "callbacks": ["inbound": .string(address + "/inbound"), "status": .string(address + "/status")],
            ])
        try #require(answer.status == 200, "\(answer.text)")
    }

    func behave(_ changes: JSONValue) async throws {
        let answer = try await post("/sandbox/behaviour", changes)
        try #require(answer.status == 200, "\(answer.text)")
    }

    func get(_ path: String) async throws -> Answer { try await exchange(.init(path, method: .get)) }

    func post(_ path: String, _ body: JSONValue, authorization: String? = nil) async throws -> Answer {
        try await post(path, text: body.text, authorization: authorization)
    }

    func post(_ path: String, text: String, authorization: String? = nil, type: String = "application/json") async throws -> Answer {
        var headers: HTTPFields = [.contentType: type]
        headers[.authorization] = authorization
        return try await exchange(.init(path, method: .post, headers: headers, body: ByteBuffer(string: text)))
    }

    /// Each request has a connection of its own.
    func exchange(_ request: TestClient.Request) async throws -> Answer {
        let response = try await TestClient.withClient(host: "127.0.0.1", port: port) { try await $0.execute(request) }
        return Answer(
            status: response.status.code, type: response.headers[.contentType],
            text: response.body.map { String(decoding: $0.readableBytesView, as: UTF8.self) } ?? "",
            location: response.headers[.location], headers: response.headers,
            bytes: response.body.map { Array($0.readableBytesView) } ?? [])
    }

    /// Sends a template as the vendor documents it, with `changes` made to it; null takes a key away.
    func send(_ changes: [String: JSONValue] = [:], authorization: String? = credentials) async throws -> Answer {
        try await post("/v1/messages", Self.template(changes), authorization: authorization)
    }

    /// The same on a connection that is closed before the answer.
    func sendWithoutWaiting() async throws {
        let headers: HTTPFields = [.contentType: "application/json", .authorization: Self.credentials]
        let request = TestClient.Request(
            "/v1/messages", method: .post, headers: headers, body: ByteBuffer(bytes: Self.template().bytes))
        try await TestClient.withClient(host: "127.0.0.1", port: port) { try await $0.executeAndDontWaitForResponse(request) }
    }

    static func template(_ changes: [String: JSONValue] = [:]) -> JSONValue {
        let body: [String: JSONValue] = [
            "channel": "whatsapp", "message_type": "template", "from": "37052000000", "to": "37060000001", "client_ref": "m1",
            "whatsapp": ["policy": "deterministic", "locale": "en"],
            "template": ["name": "shop:order_ready", "parameters": ["Ona", "A-17"]],
        ]
        return .object(body.merging(changes) { $1 }.filter { !$0.value.isNull })
    }

    /// Returns when every message has taken its steps and every callback is received or given up.
    func settle() async throws {
        while try await get("/sandbox/requests/summary").json["callbacks"]?["open"] != 0 { try Task.checkCancellation() }
    }
}

extension Behaviour {
    /// Everything delivered and read, nothing answered, without delays.
    static var immediate: Behaviour {
        var behaviour = Behaviour()
        behaviour.callbackDelayMS = 0
        behaviour.deliverDelayMS = 0
        behaviour.readDelayMS = 0
        behaviour.replyDelayMS = 0
        behaviour.readRate = 1
        behaviour.replyRate = 0
        behaviour.callbackRetryScale = 0.001
        return behaviour
    }
}
