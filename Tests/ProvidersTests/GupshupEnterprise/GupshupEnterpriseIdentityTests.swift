import Core
import Providers
import Testing
import WhatsApp

@Suite struct GupshupEnterpriseIdentityTests {
    private static func id(_ body: String) throws -> String? {
        let events = try GupshupEnterpriseProvider().events(from: Array(body.utf8), kind: .inbound, over: .gupshupEnterprise())
        guard case .inbound(let message) = events.first else { return nil }
        return message.providerMessageID
    }

    private static let first = "waNumber=37052000000&mobile=37060000001&type=text&timestamp=1793613600000&text=Taip"

    @Test(arguments: [
        first, "text=T%61ip&timestamp=1793613600000&type=text&mobile=37060000001&waNumber=37052000000", first + "&name=Ona",
    ])
    func `a message delivered twice has one id`(again: String) throws {
        #expect(try Self.id(again) == Self.id(Self.first))
    }

    @Test(arguments: [("600000", "600001"), ("Taip", "Ne"), ("60000001", "60000002"), ("Taip", "taip"), ("waNumber=37052000000&", "")])
    func `different messages have different ids`(part: String, other: String) throws {
        let id = try Self.id(Self.first.replacing(part, with: other))
        let first = try Self.id(Self.first)
        #expect(id != nil && id != first)
    }

    @Test func `the payload is what came`() throws {
        let events = try GupshupEnterpriseProvider().events(from: Array(Self.first.utf8), kind: .inbound, over: .gupshupEnterprise())
        guard case .inbound(let message) = events.first else { Issue.record("no message"); return }
        #expect(message.payload["mobile"] == "37060000001" && message.payload["text"] == "Taip")
    }
}
