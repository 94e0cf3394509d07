import Core
import CoreTesting
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp
import ZoneTime

/// Random histories: whatever happens in whatever order, the tallies are what the rows say, nothing is asked twice
/// without a refusal between, and once nothing is open qualified = sent + control + errors + unknown.
@Suite struct LedgerPropertyTests {
    @Test(arguments: TestEngine.available)
    func `tallies always agree with the rows`(kind: TestEngine) async throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            var history = RandomHistory(try await LedgerFixture(kind, profiles: 20), seed: seed)
            for _ in 0..<40 { try await history.step() }
            try await history.finish()
            let tallies = try await history.fixture.tallies()
            #expect(tallies == (try await history.fixture.counted()), "seed \(seed)")
            let parts = ["sent", "control_group", "errors", "unknown"].map { tallies[$0] ?? 0 }
            #expect(tallies["qualified"] ?? 0 == parts.reduce(0, +), "seed \(seed)")
            #expect(history.doubleAsks == 0, "seed \(seed)")
            #expect(try await history.fixture.reach() == (try await history.fixture.countedReach()), "seed \(seed)")
        }
    }
}

private struct RandomHistory {
    let fixture: LedgerFixture
    private(set) var doubleAsks = 0
    private var generator: SeededGenerator
    private var time = 1
    private var claimed: [MessageRecord] = []
    private var asked: [MessageRecord] = []
    private var mayAskAgain: Set<MessageID> = []
    private var everAsked: Set<MessageID> = []

    init(_ fixture: LedgerFixture, seed: UInt64) { (self.fixture, generator) = (fixture, SeededGenerator(seed: seed)) }

    mutating func step() async throws {
        time += 1
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: try await qualify()
        case 1, 2: claimed += try await fixture.claim(Int.random(in: 1...5, using: &generator), at: at(time))
        case 3, 4: try await ask()
        case 5: try await settle()
        case 6: try await receipt()
        case 7: try await hold()
        default: try await expireOrStop()
        }
    }

    /// Lets everything that is open come to an end.
    mutating func finish() async throws {
        _ = try await fixture.ledger.expireLeases(at: at(10_000))
        while try await fixture.engine.write({ [ledger = fixture.ledger] in
            try ledger.excludeWaiting(of: LedgerFixture.campaign, in: $0)
        }) > 0 {}
    }

    private mutating func qualify() async throws {
        let fates: [Qualification.Fate] = [.planned([]), .planned([]), .planned([]), .control, .excluded(.notOptedIn)]
        let numbers = (0..<4).map { _ in Int.random(in: 1...20, using: &generator) }
        let (run, lane) = (Int.random(in: 1...2, using: &generator), Lane.allCases.randomElement(using: &generator) ?? .live)
        let qualifications = numbers.map { number in
            LedgerFixture.qualification(number, fates[number % 5], run: run, variant: [nil, "A", "B"][number % 3])
        }
        try await fixture.qualify(qualifications, in: lane)
    }

    private mutating func ask() async throws {
        let batch = claimed.shuffled(using: &generator).prefix(3)
        claimed.removeAll { record in batch.contains { $0.id == record.id } }
        let day = [nil, Day(number: 20_751), Day(number: 20_752)].randomElement(using: &generator) ?? nil
        for record in try await fixture.ask(Array(batch), on: day, at: at(time)) {
            if !everAsked.insert(record.id).inserted, mayAskAgain.remove(record.id) == nil { doubleAsks += 1 }
            asked.append(record)
        }
    }

    /// The gate holds one back instead of asking it.
    private mutating func hold() async throws {
        guard let record = claimed.popLast() else { return }
        let later = at(time + 3)
        let rulings: [Ruling] = [.control, .exclude(.quietHours), .postpone(until: later), .queue(later)]
        let ruling = rulings[Int.random(in: 0..<4, using: &generator)]
        let now = at(time)
        try await fixture.engine.write { [ledger = fixture.ledger] session in
            let waiting = try ledger.stillClaimed([record], in: session)
            _ = try ledger.carryOut(waiting.map { ($0, ruling) }, at: now, leaseUntil: later, in: session)
        }
    }

    private mutating func settle() async throws {
        guard let record = asked.randomElement(using: &generator) else { return }
        let results: [Settlement.Result] = [
            .accepted(Acceptance(providerMessageID: "u\(record.id)")), .again(at: at(time + 2), .with(.retry)),
            .failed(.gaveUp, .with(.reject)),
            .unknown(code: "lost", summary: ""),
        ]
        let result = results[Int.random(in: 0..<4, using: &generator)]
        if case .again = result { mayAskAgain.insert(record.id) }
        try await fixture.ledger.settle([Settlement(messageID: record.id, attempt: record.attempts, result: result, at: at(time))])
    }

    private mutating func receipt() async throws {
        guard let record = asked.randomElement(using: &generator) else { return }
        let statuses: [Receipt.Status] = [.sent, .delivered, .viewed, .failed(.with(.reject, code: "gone"))]
        let status = statuses[Int.random(in: 0..<4, using: &generator)]
        let receipt = Receipt(messageID: record.id, providerMessageID: nil, status: status, occurredAt: at(time))
        try await fixture.apply(Bool.random(using: &generator) ? [receipt, receipt] : [receipt])
    }

    private mutating func expireOrStop() async throws {
        let late = Bool.random(using: &generator) ? 40 : 0
        _ = try await fixture.ledger.expireLeases(at: at(time + late))
    }
}
