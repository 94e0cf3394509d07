import Core
import Testing

@testable import Sandbox

struct PartsTests {
    @Test func `a heap gives work by time, then by order`() {
        var heap = DueHeap<Int>()
        let start = ContinuousClock.now
        let random = Randomness.seeded(3)
        let times = (0..<500).map { _ in Int(random.number() % 50) }
        for (index, time) in times.enumerated() { heap.push(index, due: start + .seconds(time)) }
        #expect(heap.pop(by: start - .seconds(1)) == nil)
        var taken: [Int] = []
        while let index = heap.pop(by: start + .seconds(100)) { taken.append(index) }
        #expect(taken == times.indices.sorted { (times[$0], $0) < (times[$1], $1) })
    }

    @Test func `a ring keeps the newest and its numbers`() {
        var ring = Ring<String>(capacity: 3)
        for text in ["a", "b", "c", "d", "e"] { ring.append(text) }
        #expect((0..<6).map { ring[$0] } == [nil, nil, "c", "d", "e", nil])
        ring.update(4) { $0 = "f" }
        ring.update(0) { $0 = "x" }
        #expect(ring[4] == "f" && ring.count == 5 && ring.oldest == 2)
    }

    @Test func `retries follow the vendor's rule`() {
        let rule = RetryRule(scale: 1)
        let first = ContinuousClock.now
        let pauses = (0..<10).map { rule.pause(after: $0, first: first, now: first) }
        #expect(pauses == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900].map { .seconds($0) })
        #expect(rule.pause(after: 90, first: first, now: first + .seconds(86_000)) == nil)
    }

    @Test(
        arguments: [
            (200, .delivered), (204, .delivered), (302, .dropped), (400, .dropped), (429, .again), (503, .again), (nil, .again),
        ] as [(Int?, RetryRule.Outcome)])
    func `what an answer to a callback means`(status: Int?, outcome: RetryRule.Outcome) {
        #expect(RetryRule.outcome(of: status) == outcome)
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foobar", "Zm9vYmFy"), ("k:ÿ?>", "azrDvz8+")])
    func `base64 is RFC 4648`(text: String, encoded: String) {
        #expect(Base64.encode(text.utf8) == encoded)
    }

    @Test func `a message id is a version 4 UUID and reads back`() throws {
        let random = Randomness.seeded(9)
        for _ in 0..<200 {
            let id = MessageUUID(random)
            let text = Array(id.description)
            #expect(text[14] == "4" && "89ab".contains(text[19]))
            #expect(MessageUUID(id.description) == id)
        }
        #expect(MessageUUID("00000000-0000-4000-8000-00000000000") == nil && MessageUUID("x") == nil)
    }

    @Test func `memory is bounded while counts and references stay exact`() throws {
        var settings = try SandboxSettings(listen: "127.0.0.1:0")
        (settings.capacity, settings.contentCapacity) = (100, 10)
        var state = WorldState(settings: settings, clock: .fixed(Timestamp(seconds: 1)), random: .seeded(5))
        let header = "Basic " + Base64.encode("sandbox-key:sandbox-secret".utf8)
        for number in 0..<1000 {
            let body: JSONValue = [
                "channel": "whatsapp", "message_type": "text", "text": "Hi", "from": "14155550100",
                "to": .string(String(37_060_000_000 + number)), "client_ref": .string("m\(number % 900)"),
            ]
            #expect(try state.receive(authorization: header, body: .success(body)).answer.status == 202)
        }
        #expect(state.log.summary["accepted"] == 1000 && state.log.summary["distinct_references"] == 900)
        #expect(state.log.summary["duplicates"] == 100)
        #expect(state.phones.count == 100 && state.phones.newest(1) == ["37060000999"])
        let kept = state.log.page(after: 0, limit: 1000)
        #expect(kept["oldest"] == 901 && kept["requests"]?.array?.count == 100)
        #expect(kept["requests"]?.array?.filter { $0["text"] == "Hi" }.count == 10)
        #expect(state.phones.chat(with: "37060000000", limit: 1).isEmpty)
        #expect(state.phones.newest(24, matching: "999") == ["37060000999"])
    }

    @Test func `what phones wrote is found for as long as it is kept`() {
        var book = PhoneBook(capacity: 3, contentCapacity: 3)
        let random = Randomness.seeded(6)
        let messages = (0..<5).map { number in
            Message(
                id: MessageUUID(random), direction: number == 3 ? .toPhone : .fromPhone, vendor: .vonage, account: "a", business: "1",
                phone: "2", clientRef: nil, isTemplate: false, at: Timestamp(seconds: 1), quoted: nil, generation: 0, number: number)
        }
        for message in messages { book.append(message, .text("Hi")) }
        #expect(messages.map { book.said($0.id, to: "a") != nil } == [false, false, true, false, true])
        #expect(messages.allSatisfy { book.said($0.id, to: "b") == nil })
    }

    @Test func `one seed gives one story`() {
        var behaviour = Behaviour()
        (behaviour.deliverRate, behaviour.readRate, behaviour.replyRate) = (0.9, 0.5, 0.5)
        let stories = (0..<2).map { _ in
            let random = Randomness.seeded(11)
            return (0..<1000).map { _ in Journey.plan(behaviour, random: random) }
        }
        #expect(stories[0] == stories[1])
        let read = stories[0].filter { $0.contains { $0.kind == .read } }.count
        #expect((380...520).contains(read))
    }
}
