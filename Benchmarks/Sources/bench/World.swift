import Foundation

/// A server in a folder of its own, and a sandbox, with one channel and template.
final class World {
    let folder: String
    let server: Program
    let sandbox: Program
    let api: Caller
    let phones: Caller
    let callbacks: [String: Any]

    static let signatureSecret = "bench-signature-secret-0123456789"
    static let authorization = "Basic " + Data("bench-key:bench-secret".utf8).base64EncodedString()

    init() async throws {
        folder = FileManager.default.temporaryDirectory.path + "/whimbrel-bench-\(UUID().uuidString)"
        sandbox = try Program(["sandbox", "--listen", "127.0.0.1:0"])
        server = try Program(
            ["serve", "--listen", "127.0.0.1:0", "--upload-concurrency", "64"],
            variables: ["WHIMBREL_DATA": folder, "WHIMBREL_ACCOUNT_ID": "BENCH-ACC", "WHIMBREL_PASSCODE": "bench-passcode-123"])
        phones = Caller(base: sandbox.address)
        api = Caller(
            base: server.address,
            headers: [("X-CleverTap-Account-Id", "BENCH-ACC"), ("X-CleverTap-Passcode", "bench-passcode-123")])
        let channel = try await api.post(
            "/api/v1/channels",
            """
            {"nickname":"Bench","provider":"vonage","number":"+14155550100","base_url":"\(sandbox.address)","per_second":10000,
             "credentials":{"api_key":"bench-key","api_secret":"bench-secret","signature_secret":"\(Self.signatureSecret)"}}
            """)
        callbacks = channel["callbacks"] as? [String: Any] ?? [:]
        try await api.post(
            "/api/v1/channels/\(channel["id"] ?? 0)/templates",
            #"{"name":"shop:order_ready","language":"en","body":"Hello {{1}}, your order {{2}} is ready."}"#)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Tells the sandbox the account, with callbacks or without.
    func connect(withCallbacks: Bool) async throws {
        let addresses = withCallbacks ? callbacks : [:]
        let json = String(decoding: try JSONSerialization.data(withJSONObject: addresses), as: UTF8.self)
        try await phones.post(
            "/sandbox/accounts",
            """
            {"key":"bench-key","secret":"bench-secret","signature_secret":"\(Self.signatureSecret)","callbacks":\(json)}
            """)
    }

    /// Uploads people `0..<count`, all reachable.
    func upload(people count: Int) async throws {
        for first in stride(from: 0, to: count, by: 1000) {
            let records = (first..<min(first + 1000, count)).map { number in
                """
                {"type":"profile","identity":"p\(number)","profileData":{"Name":"Person \(number)","MSG-whatsapp":true,\
                "Phone":"+1415\(5_000_000 + number)","City":"Vilnius","Customer Type":"Gold"}}
                """
            }
            let answer = try await api.post("/1/upload", "{\"d\":[\(records.joined(separator: ","))]}")
            guard answer["status"] as? String == "success" else { throw BenchFailure("\(answer)") }
        }
    }

    /// A number of the program's own metrics.
    func metric(_ name: String) async throws -> Double {
        let line = try await api.text("/metrics").split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return line?.split(separator: " ").last.flatMap { Double($0) } ?? 0
    }
}
