import AsyncHTTPClient
import Core
import Logging
import ServiceLifecycle

/// Fills an empty demo through the front door and sends its campaign. What is there already is left as it is, so an
/// interrupted first start goes on where it stopped.
struct DemoSeeder: Service {
    let keys: DemoKeys
    let clock: WallClock
    /// Where the keys are kept, for those who want to call the API themselves.
    let folder: String
    let server: @Sendable () async throws -> String
    let sandbox: @Sendable () async throws -> String

    func run() async throws {
        let client = HTTPClient()
        do { try await cancelWhenGracefulShutdown { try await seed(with: client) } } catch is CancellationError {
        } catch {
            try? await client.shutdown()  // the first error says more
            throw error
        }
        try await client.shutdown()
        try? await gracefulShutdown()  // a service that returns would end the others
    }

    private func seed(with client: HTTPClient) async throws {
        let (base, sandboxBase) = (try await server(), try await sandbox())
        let api = DemoClient(
            client: client, base: base,
            headers: [("X-CleverTap-Account-Id", Demo.accountID), ("X-CleverTap-Passcode", keys.passcode)])
        let phones = DemoClient(client: client, base: sandboxBase, headers: [])
        try await phones.post("/sandbox/behaviour", Demo.behaviour)
        let channel = try await channel(of: api, sandbox: sandboxBase)
        try await connect(phones, to: channel)
        try await uploadPeople(to: api)
        let campaign = try await campaign(of: api, on: channel)
        Console.say("Watch the campaign at \(base)/campaigns/\(campaign)")
        Console.say("Its receivers' phones are at \(sandboxBase)")
        Console.say("Programs sign in as \(Demo.accountID) with the passcode in \(folder)/demo.json")
        Console.say("Ctrl-C stops the demo; the next start goes on from here.")
    }

    private func uploadPeople(to api: DemoClient) async throws {
        let people = DemoPeople(now: clock.now())
        for first in stride(from: 0, to: DemoPeople.count, by: 80) {
            let last = min(first + 80, DemoPeople.count)
            // A call is stored whole, so its last person tells whether it was.
            guard try await api.get("/1/profile.json?identity=\(DemoPeople.identity(last - 1))")["record"] == nil else { continue }
            let answer = try await api.post("/1/upload", people.records(first..<last))
            guard answer["status"]?.string == "success" else { throw SettingsError("The demo's people were refused: \(answer.text)") }
            Console.say("Uploaded \(last) of \(DemoPeople.count) people and \(last * DemoPeople.eventsEach) events.")
        }
    }

    private func channel(of api: DemoClient, sandbox: String) async throws -> JSONValue {
        let known = try await api.get("/api/v1/channels")["channels"]?.array ?? []
        let existing = known.first { $0["nickname"]?.string == "Demo" }
        let channel = if let existing { existing } else { try await api.post("/api/v1/channels", draft(sandbox)) }
        // Refused as a conflict at every start but the first.
        try await api.post("/api/v1/channels/\(channel["id"]?.int ?? 0)/templates", Demo.template, orConflict: true)
        return channel
    }

    private func draft(_ sandbox: String) -> JSONValue {
        [
            "nickname": "Demo", "provider": "vonage", "number": .string("+\(Demo.number)"), "base_url": .string(sandbox),
            "per_second": 60,
            "credentials": [
                "api_key": .string(keys.sandboxKey), "api_secret": .string(keys.sandboxSecret),
                "signature_secret": .string(keys.signatureSecret),
            ],
        ]
    }

    /// The sandbox forgets everything when it stops, so it is told the callback addresses at every start.
    private func connect(_ phones: DemoClient, to channel: JSONValue) async throws {
        try await phones.post(
            "/sandbox/accounts",
            [
                "key": .string(keys.sandboxKey), "secret": .string(keys.sandboxSecret),
                "signature_secret": .string(keys.signatureSecret), "number": .string(Demo.number),
                "callbacks": channel["callbacks"] ?? [:],
            ])
    }

    private func campaign(of api: DemoClient, on channel: JSONValue) async throws -> Int64 {
        let known = try await api.get("/api/v1/campaigns")["campaigns"]?.array ?? []
        let campaign: JSONValue
        if let first = known.first {
            campaign = first
        } else {
            campaign = try await api.post("/api/v1/campaigns", Demo.campaign(on: channel["id"] ?? .null))
        }
        let id = campaign["id"]?.int ?? 0
        if campaign["status"]?.string == "draft" { try await api.post("/api/v1/campaigns/\(id)/schedule", [:]) }
        return id
    }
}

/// What the demo is made of.
enum Demo {
    static let accountID = "DEMO-ACCOUNT"
    static let number = "14155550100"

    static let behaviour: JSONValue = [
        "deliver_delay_ms": 800, "read_delay_ms": 2500, "reply_delay_ms": 3000, "deliver_rate": 0.97, "read_rate": 0.7,
        "reply_rate": 0.08, "undeliverable_rate": 0.01,
        "reply_texts": ["Yes, please!", "How much is it?", "Two seats for me", "Obrigado 👍", "شكرا"],
    ]

    static let template: JSONValue = [
        "name": "demo:weekend_offer", "language": "en", "category": "marketing",
        "body": "Hello {{1}}, the shows you like in {{2}} are on sale until Sunday. Shall we keep two seats for you?",
        "footer": "Reply STOP to hear no more",
    ]

    static func campaign(on channel: JSONValue) -> JSONValue {
        [
            "name": "Weekend offer", "type": "one_time", "channel_id": channel, "when": ["start": "now"], "who": ["where": [:]],
            "what": [
                "template": "demo:weekend_offer", "language": "en",
                "variables": ["1": "{{ Profile.Name | default: \"there\" }}", "2": "{{ Profile.City }}"],
            ],
            "setup": ["control_group": ["percent": 5]],
        ]
    }
}
