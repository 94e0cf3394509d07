import Core
import CoreTesting
import Providers
import Testing
import WhatsApp

@Suite struct VonageFuzzTests {
    let provider = VonageProvider()

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `damaged payloads are read or refused, never more`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for (_, bytes) in try Fixture.all() {
            for _ in 0..<50 {
                let body = generator.mutate(bytes)
                for kind in WebhookKind.allCases {
                    let events = try? provider.events(from: body, kind: kind)  // unreadable is fine
                    #expect((events?.count ?? 0) <= 1)
                }
            }
        }
    }

    @Test(arguments: [5, 6, 7, 8] as [UInt64])
    func `a damaged answer is no acceptance`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for (_, bytes) in try Fixture.all() {
            for _ in 0..<50 {
                let body = generator.mutate(bytes)
                let id = (try? JSONValue(parsing: body))?["message_uuid"]
                for status in [202, 400, 422, 429, 500] {
                    guard case .accepted(let accepted) = provider.interpret(status: status, body: body) else { continue }
                    #expect(status == 202)
                    #expect(id == .string(accepted) || id == Int64(accepted).map(JSONValue.int) || id?.string?.contains("\0") == true)
                }
            }
        }
    }

    @Test(arguments: [9, 10] as [UInt64])
    func `a damaged call is not verified`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let now = Timestamp(seconds: 1_793_613_600)
        let body = try Fixture.bytes("status-delivered")
        let header = "Bearer " + VonageToken(for: body, issuedAt: now).text
        #expect(await provider.verify(WebhookRequest(authorization: header, body: body), over: .vonage, at: now))
        for _ in 0..<1000 {
            let otherBody = generator.mutate(body)
            let call = WebhookRequest(authorization: header, body: otherBody)
            #expect(await provider.verify(call, over: .vonage, at: now) == (otherBody == body))
            let otherHeader = String(decoding: generator.mutate(Array(header.utf8)), as: UTF8.self)
            let isSame = otherHeader.dropFirst(6) == header.dropFirst(6) && otherHeader.prefix(6).lowercased() == "bearer"
            let forged = WebhookRequest(authorization: otherHeader, body: body)
            #expect(await provider.verify(forged, over: .vonage, at: now) == isSame)
        }
    }
}
