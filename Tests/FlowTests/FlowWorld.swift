import Core
import Foundation
import Storage
import StoragePostgres
import StorageTesting

/// A server and a sandbox as two processes on free ports, and one account, channel and template.
final class FlowWorld: Sendable {
    let folder: ScratchFolder
    let sandboxProgram: Program
    let sandbox: Caller
    let api: Caller
    let port: Int
    let channel: Int64
    let variables: [String: String]

    static let number = "14155550100"
    static let signatureSecret = FlowProvider.signatureSecret
    /// The account's name in the sandbox.
    static let account = "flow-key"

    private init(
        folder: ScratchFolder, sandboxProgram: Program, sandbox: Caller, api: Caller, port: Int, channel: Int64,
        variables: [String: String]
    ) {
        (self.folder, self.sandboxProgram, self.sandbox, self.api) = (folder, sandboxProgram, sandbox, api)
        (self.port, self.channel, self.variables) = (port, channel, variables)
    }

    /// Starts both and enters the channel and the template through the API.
    static func start(
        _ kind: TestEngine, _ provider: FlowProvider = .vonage, perSecond: Double = 500, limits: JSONValue = [:],
        clock: [String: String] = [:]
    ) async throws -> (FlowWorld, Program) {
        let folder = try ScratchFolder()
        var variables = [
            "WHIMBREL_DATA": folder.path, "WHIMBREL_ACCOUNT_ID": "FLOW-ACC", "WHIMBREL_PASSCODE": "flow-passcode-123",
            "WHIMBREL_ADMIN_EMAIL": "admin@example.com", "WHIMBREL_ADMIN_PASSWORD": "a long enough secret",
            "WHIMBREL_REQUEST_TIMEOUT": "2",
        ].merging(clock) { $1 }
        variables["WHIMBREL_DATABASE_URL"] = try await databaseURL(kind)
        let sandboxProgram = try Program(["sandbox", "--listen", "127.0.0.1:0"], variables: clock)
        let sandbox = Caller(base: try await sandboxProgram.address())
        let server = try Program(["serve", "--listen", "127.0.0.1:0"], variables: variables)
        let address = try await server.address()
        let api = Caller(
            base: address,
            headers: [("X-CleverTap-Account-Id", "FLOW-ACC"), ("X-CleverTap-Passcode", "flow-passcode-123")])
        let channel = try await connect(api, sandbox, provider, perSecond: perSecond, limits: limits)
        let port = address.split(separator: ":").last.flatMap { Int($0) } ?? 0
        return (
            FlowWorld(
                folder: folder, sandboxProgram: sandboxProgram, sandbox: sandbox, api: api, port: port, channel: channel,
                variables: variables),
            server
        )
    }

    /// Starts the server again on the same port and data.
    func restart() async throws -> Program {
        let server = try Program(["serve", "--listen", "127.0.0.1:\(port)"], variables: variables)
        _ = try await server.address()
        return server
    }

    /// Runs a command on the server's data.
    func command(_ name: String) throws -> Program { try Program([name], variables: variables) }

    func behave(_ behaviour: JSONValue) async throws { try await sandbox.post("/sandbox/behaviour", behaviour) }

    /// Uploads people `1...count`: reachable, unless their number says otherwise.
    func upload(_ numbers: ClosedRange<Int>, _ data: (Int) -> [String: JSONValue] = { _ in [:] }) async throws {
        for start in stride(from: numbers.lowerBound, through: numbers.upperBound, by: 500) {
            let records = (start...min(start + 499, numbers.upperBound)).map { number -> JSONValue in
                let standard: [String: JSONValue] = [
                    "Name": .string("Person \(number)"), "Phone": .string("+\(Self.phone(number))"), "MSG-whatsapp": true,
                ]
                let merged = standard.merging(data(number)) { $1 }.filter { !$0.value.isNull }
                return ["type": "profile", "identity": .string("p\(number)"), "profileData": .object(merged)]
            }
            let answer = try await api.post("/1/upload", ["d": .array(records)])
            guard answer["status"]?.string == "success" else { throw FlowFailure(answer.text) }
        }
    }

    static func phone(_ number: Int) -> String { "1415556\(String(10_000 + number).dropFirst())" }

    /// Makes and schedules a one-time campaign.
    func campaign(_ name: String = "Flow", changes: [String: JSONValue] = [:]) async throws -> Int64 {
        let standard: [String: JSONValue] = [
            "name": .string(name), "type": "one_time", "channel_id": .int(channel), "when": ["start": "now"], "who": ["where": [:]],
            "what": [
                "template": "shop:order_ready", "language": "en",
                "variables": ["1": "{{ Profile.Name | default: \"there\" }}", "2": "A-17"],
            ],
        ]
        let id = try await api.post("/api/v1/campaigns", .object(standard.merging(changes) { $1 }))["id"]?.int ?? 0
        try await api.post("/api/v1/campaigns/\(id)/schedule", [:])
        return id
    }

    func stats(_ campaign: Int64) async throws -> [String: Int] {
        let stats = try await api.get("/api/v1/campaigns/\(campaign)/stats")
        return (stats.object ?? [:]).compactMapValues { $0.int.map(Int.init) }
    }

    func reasons(_ campaign: Int64, _ name: String = "error_reasons") async throws -> [String: Int] {
        let stats = try await api.get("/api/v1/campaigns/\(campaign)/stats")
        return (stats[name]?.object ?? [:]).compactMapValues { $0.int.map(Int.init) }
    }

    func waitForEnd(of campaign: Int64) async throws {
        _ = try await eventually("campaign \(campaign) is completed") {
            // A server that is being restarted does not answer for a moment.
            let status = try? await self.api.get("/api/v1/campaigns/\(campaign)")["status"]?.string
            return status == "completed" || status == "stopped" ? true : nil
        }
    }

    /// Waits until a number of the campaign is reached.
    func wait(for name: String, atLeast count: Int, in campaign: Int64) async throws {
        _ = try await eventually("\(name) is \(count)") { try await self.stats(campaign)[name] ?? 0 >= count ? true : nil }
    }

    /// What the sandbox got: requests, accepted, references accepted more than once.
    func requests() async throws -> JSONValue { try await sandbox.get("/sandbox/requests/summary") }

    private static func connect(
        _ api: Caller, _ sandbox: Caller, _ provider: FlowProvider, perSecond: Double, limits: JSONValue
    ) async throws -> Int64 {
        let channel = try await api.post(
            "/api/v1/channels",
            [
                "nickname": "Flow", "provider": .string(provider.rawValue), "number": .string("+\(number)"),
                "base_url": .string(provider.baseURL(sandbox.base)), "per_second": .double(perSecond), "limits": limits,
                "credentials": provider.credentials,
            ])
        let id = channel["id"]?.int ?? 0
        try await sandbox.post(
            "/sandbox/accounts",
            [
                "key": .string(account), "vendor": .string(provider.rawValue), "number": .string(number),
                "credentials": provider.credentials, "callbacks": channel["callbacks"] ?? [:],
            ])
        let body = "Hello {{1}}, your order {{2}} is ready."
        try await api.post("/api/v1/channels/\(id)/templates", ["name": "shop:order_ready", "language": "en", "body": .string(body)])
        if provider.needsSync {
            try await sandbox.post(
                "/sandbox/accounts/\(account)/templates",
                ["name": "order_ready", "language": "en", "category": "MARKETING", "body": .string(body)])
            try await api.post("/api/v1/channels/\(id)/templates/sync", [:])
        }
        return id
    }

    /// A schema of its own on the test server; nil for SQLite.
    private static func databaseURL(_ kind: TestEngine) async throws -> String? {
        guard kind == .postgres else { return nil }
        let (server, schema) = (try TestEngine.serverURL(), "flow_" + Randomness.system.token())
        let engine = try PostgresEngine(url: server, connections: 1)
        try await engine.write { try $0.execute("CREATE SCHEMA \(schema)") }
        await engine.close()
        return TestEngine.url(server, schema: schema)
    }
}
