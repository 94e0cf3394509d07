import Core
import Foundation
import StorageTesting
import Testing

@Suite(.serialized) struct DemoTests {
    @Test func `the demo sends its campaign, and goes on after a stop in the middle`() async throws {
        let folder = try ScratchFolder()
        let first = try Program(["demo", "--data", folder.path, "--listen", "127.0.0.1:0", "--sandbox-listen", "127.0.0.1:0"])
        let address = try await first.address()
        #expect(first.output.contains { $0.contains("Password: ") })
        _ = try await eventually("the campaign is on its way") { first.output.contains { $0.contains("Watch the campaign") } ? true : nil }
        let keys = try JSONValue(parsing: String(contentsOfFile: folder.path + "/demo.json", encoding: .utf8))
        let headers = [("X-CleverTap-Account-Id", "DEMO-ACCOUNT"), ("X-CleverTap-Passcode", keys["passcode"]?.string ?? "")]
        func stats(_ base: String) async throws -> JSONValue {
            try await Caller(base: base, headers: headers).get("/api/v1/campaigns/1/stats")
        }
        _ = try await eventually("some are out") { try await stats(address)["sent"]?.int ?? 0 > 20 ? true : nil }
        #expect(try await first.stop() == 0)
        let sandbox = first.output.first { $0.contains("phones are at") }?.split(separator: ":").last.map(String.init) ?? ""
        let second = try Program([
            "demo", "--data", folder.path, "--listen", "127.0.0.1:0", "--sandbox-listen", "127.0.0.1:\(sandbox)",
        ])
        let again = try await second.address()
        #expect(!second.output.contains { $0.contains("Password: ") })
        _ = try await eventually("the rest goes on") { try await stats(again)["sent"]?.int ?? 0 > 300 ? true : nil }
        let numbers = try await stats(again)
        #expect(numbers["qualified"]?.int == 2000 && numbers["unknown"]?.int == 0)
        #expect(try await second.stop() == 0)
    }
}
