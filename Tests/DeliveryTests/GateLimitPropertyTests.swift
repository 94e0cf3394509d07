import Core
import CoreTesting
import Messages
import StorageTesting
import Testing
import ZoneTime

@testable import Delivery

/// Random policies and random messages: the gate rules as a model does that keeps everything it sent in a list.
@Suite struct GateLimitPropertyTests {
    @Test(arguments: TestEngine.available)
    func `limits rule as a naive model does`(kind: TestEngine) async throws {
        for seed in 1...8 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let gate = try await GateFixture(kind, campaigns: 3)
            var model = NaiveModel(&generator)
            try await gate.set(model.account)
            for (campaign, policy) in model.policies { try await gate.set(policy, of: campaign) }
            var (now, asked) = (at(0), 0)
            for run in 1...12 {
                now = now + .seconds(Int.random(in: 0...40_000, using: &generator))
                let batch = try await batch(run, in: gate, at: now, &generator)
                let rulings = try await gate.judge(batch, at: now, limitsOnly: true)
                #expect(rulings == batch.map { model.judge($0, at: now) }, "seed \(seed), run \(run)")
                let out = zip(batch, rulings).filter { $1 == nil }.map(\.0)
                asked += out.count
                guard let refused = out.randomElement(using: &generator) else { continue }
                try await gate.refuse(refused, at: now)
                model.sent.removeAll { $0.id == refused.id }
            }
            #expect(asked > 5, "seed \(seed)")
        }
    }

    /// Messages of each campaign to a few of six people, mixed.
    private func batch(
        _ run: Int, in gate: GateFixture, at now: Timestamp, _ generator: inout SeededGenerator
    ) async throws -> [MessageRecord] {
        var batch: [MessageRecord] = []
        for campaign in 1...3 as ClosedRange<Int64> {
            let people = (1...6).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
            let lane = [Lane.campaign, .live, .conversation].randomElement(using: &generator) ?? .live
            batch += try await gate.claimed(people, campaign: campaign, run: run, lane: lane, dueAt: now, now: now)
        }
        return batch.shuffled(using: &generator)
    }
}

private struct NaiveModel {
    struct Sent {
        let id: MessageID
        let campaign: Int64
        let person: ProfileID
        let lane: Lane
        let at: Timestamp
    }

    let account: AccountPolicy
    let policies: [Int64: SendPolicy]
    var sent: [Sent] = []

    init(_ generator: inout SeededGenerator) {
        func maybe(_ range: ClosedRange<Int>) -> Int? {
            Bool.random(using: &generator) ? Int.random(in: range, using: &generator) : nil
        }
        account = AccountPolicy(
            frequency: maybe(1...3).map { AccountPolicy.Frequency(count: $0, days: $0) }, dwell: maybe(1...60_000).map { .seconds($0) })
        var policies: [Int64: SendPolicy] = [:]
        for campaign in 1...3 as ClosedRange<Int64> {
            policies[campaign] = SendPolicy(
                zone: ["Asia/Tokyo", "America/New_York", "UTC"].randomElement(using: &generator) ?? "UTC",
                gap: maybe(1...80_000).map { .seconds($0) }, perPerson: maybe(1...3),
                respectsAccountLimits: Bool.random(using: &generator), perDay: maybe(1...4), overall: maybe(3...12))
        }
        self.policies = policies
    }

    mutating func judge(_ message: MessageRecord, at now: Timestamp) -> Ruling? {
        let campaign = message.campaignID.rawValue
        guard let policy = policies[campaign] else { return nil }
        if let reason = reason(message, policy, at: now) { return .exclude(reason) }
        sent.append(Sent(id: message.id, campaign: campaign, person: message.profileID, lane: message.lane, at: now))
        return nil
    }

    private func reason(_ message: MessageRecord, _ policy: SendPolicy, at now: Timestamp) -> Reason? {
        let mine = sent.filter { $0.campaign == message.campaignID.rawValue }
        let persons = sent.filter { $0.person == message.profileID && $0.lane != .conversation }
        let both = persons.filter { $0.campaign == message.campaignID.rawValue }
        if message.lane != .conversation, policy.respectsAccountLimits {
            if let limit = account.frequency,
                persons.count(where: { now - $0.at < .seconds(limit.days * 86_400) }) >= limit.count
            {
                return .accountLimit
            }
            if let dwell = account.dwell, persons.contains(where: { now - $0.at < dwell }) { return .accountDwell }
        }
        if let most = policy.perPerson, both.count >= most { return .campaignLimit }
        if let gap = policy.gap, both.contains(where: { now - $0.at < gap }) { return .campaignLimit }
        if let most = policy.overall, mine.count >= most { return .overallLimit }
        guard let most = policy.perDay, let zone = Zones().zone(named: policy.zone) else { return nil }
        let today = zone.local(of: now).day
        return mine.count { zone.local(of: $0.at).day == today } >= most ? .dayLimit : nil
    }
}
