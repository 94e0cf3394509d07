import Core
import CoreTesting
import Messages
import Receipts
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct RandomSequenceTests {
    /// Thirty messages; answers, receipts by reference and by the provider's id, replies and strays in any order, each
    /// perhaps several times.
    private func bodies(for messages: [MessageID], _ generator: inout SeededGenerator) -> [JSONValue] {
        (0..<200).map { number in
            let index = Int.random(in: messages.indices, using: &generator)
            let status = ["sent", "delivered", "viewed", "failed", "opted_out"].randomElement(using: &generator) ?? "sent"
            let time = Int64.random(in: 1...50, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: return receipt(status, id: "p\(index)", at: time)
            case 1: return reply("in-\(Int.random(in: 0..<40, using: &generator))", from: ReceiptsFixture.phone(index + 1), at: time)
            case 2: return reply("q-\(number)", from: "15550001111", quote: "p\(index)", at: time)
            case 3: return receipt(status, id: "foreign-\(number)", at: time)
            default: return receipt(status, ref: messages[index], id: "p\(index)", at: time)
            }
        }
    }

    @Test(arguments: TestEngine.available, [1, 2, 3] as [UInt64])
    func `after any sequence the tallies are what the rows say, and a second playing changes nothing`(
        kind: TestEngine, seed: UInt64
    ) async throws {
        let fixture = try await ReceiptsFixture(kind)
        var generator = SeededGenerator(seed: seed)
        let messages = try await fixture.ask(1...15) + fixture.ask(1...15, campaign: 2)
        let bodies = bodies(for: messages, &generator)
        for body in bodies {
            try await fixture.store(body)
            if Int.random(in: 0..<10, using: &generator) == 0 { try await fixture.applier.applyDue() }
            if Int.random(in: 0..<8, using: &generator) == 0 {
                let index = Int.random(in: messages.indices, using: &generator)
                try await fixture.accept(messages[index], as: "p\(index)")
            }
            fixture.moment.pass(.milliseconds(100))
        }
        for (index, message) in messages.enumerated() { try await fixture.accept(message, as: "p\(index)") }
        fixture.moment.pass(.seconds(3600))
        try await fixture.receive()
        #expect(try await fixture.tallies() == fixture.recount())
        let first = try await fixture.everything()
        try await fixture.receiveAll(bodies)
        #expect(try await fixture.everything() == first)
    }

    @Test(arguments: TestEngine.available)
    func `two orders of the same calls give the same rows and tallies`(kind: TestEngine) async throws {
        var results: [[[SQLValue]]] = []
        for seed in [7, 8, 9] as [UInt64] {
            let fixture = try await ReceiptsFixture(kind)
            var (same, order) = (SeededGenerator(seed: 5), SeededGenerator(seed: seed))
            let messages = try await fixture.ask(1...15)
            for (index, message) in messages.enumerated() { try await fixture.accept(message, as: "p\(index)") }
            let bodies = bodies(for: messages, &same).filter { $0["receipts"] != nil }
            for body in bodies.shuffled(using: &order) {
                try await fixture.store(body)
                if Bool.random(using: &order) { try await fixture.applier.applyDue() }
            }
            try await fixture.receive()
            results.append(try await fixture.messages() + fixture.tallies())
        }
        #expect(Set(results).count == 1)
    }
}

extension ReceiptsFixture {
    func receiveAll(_ bodies: [JSONValue]) async throws {
        for body in bodies { try await store(body) }
        while try await applier.applyDue() > 0 {}
    }
}
