import Channels
import Core
import Messages
import Profiles
import ProviderTesting
import Storage
import StorageTesting
import WhatsApp
import ZoneTime

@testable import Delivery

/// A channel with campaigns that run, and its gate without the pump around it.
struct GateFixture {
    let fixture: DeliveryFixture
    let channel: Channel
    let gate: LastGate
    private let ids = IDMaker(clock: .fixed(at(0)))

    var engine: any SQLEngine { fixture.engine }
    var ledger: MessageLedger { fixture.ledger }

    /// - Parameter campaigns: how many; the first is 1.
    init(_ kind: TestEngine, campaigns: Int64 = 2) async throws {
        fixture = try await DeliveryFixture(kind, provider: PretendProvider())
        channel = try await fixture.channel("Main")
        gate = LastGate(
            consent: ConsentStore(clock: .fixed(at(0)), ids: ids), zones: PeopleZones(zones: Zones(clock: .fixed(at(0)))))
        for campaign in 1...campaigns { try await fixture.plan([], over: channel, campaign: campaign) }
    }

    func set(_ policy: SendPolicy, of campaign: Int64 = 1) async throws {
        try await engine.write {
            try PolicyBook().set(policy, of: CampaignID(rawValue: campaign), account: DeliveryFixture.account, in: $0)
        }
    }

    func set(_ policy: AccountPolicy) async throws {
        try await engine.write { try PolicyBook().set(policy, of: DeliveryFixture.account, in: $0) }
    }

    func execute(_ statement: String) async throws { try await engine.write { try $0.execute(statement) } }

    /// Claimed messages, one to each of the people, in their order.
    func claimed(
        _ people: [Int], campaign: Int64 = 1, run: Int = 1, lane: Lane = .campaign, dueAt: Timestamp = at(0), now: Timestamp = at(0)
    ) async throws -> [MessageRecord] {
        let template = TemplateID(rawValue: campaign)
        let batch = CampaignRun(
            accountID: DeliveryFixture.account, campaignID: CampaignID(rawValue: campaign), channelID: channel.id, lane: lane)
        let qualifications = people.map { number in
            Qualification(
                profileID: ProfileID(rawValue: Int64(number)), phone: PhoneNumber(digits: DeliveryFixture.phone(number)), run: run,
                templateID: template, dueAt: dueAt, fate: .planned([]))
        }
        try await engine.write { [ledger] in _ = try ledger.qualify(qualifications, for: batch, at: now, in: $0) }
        return try await claim(template: campaign, at: max(now, dueAt)).sorted { $0.id < $1.id }
    }

    /// What of a campaign's template is due by then.
    func claim(template: Int64 = 1, at now: Timestamp) async throws -> [MessageRecord] {
        try await ledger.claim(on: channel.id, [TemplateID(rawValue: template): .max], at: now, leaseUntil: now + .seconds(30))
    }

    /// Judges messages and carries out what is ruled; those that go out are asked.
    /// - Parameter limitsOnly: leaves out whether campaigns run and people may be written to.
    /// - Returns: for each message what became of it instead; nil when it was asked.
    @discardableResult
    func judge(_ messages: [MessageRecord], at now: Timestamp, limitsOnly: Bool = false) async throws -> [Ruling?] {
        let (account, channel) = (DeliveryFixture.account, channel.id)
        let rulings = try await engine.write { [gate, ledger] session in
            let waiting = try ledger.stillClaimed(messages, in: session)
            let policies = try PolicyCache().policies(for: waiting, of: account, in: session)
            let batch = GateBatch(account: account, channel: channel, policies: policies, now: now, messages: waiting)
            var judged = Judgement(waiting)
            if !limitsOnly { try judged.apply(try gate.rules(for: batch, isMarketing: { _ in false }, in: session), in: session) }
            let ready = batch.keeping(judged.passed)
            try judged.apply(try gate.limits(for: ready, in: session), in: session)
            let days = ReachRule.days(ready, gate.zones)
            let asks = judged.passed.map { ($0, Ruling.ask(day: days[$0.campaignID])) }
            _ = try ledger.carryOut(judged.rulings + asks, at: now, leaseUntil: now + .seconds(30), in: session)
            return judged.rulings.map { ($0.id, $1) }
        }
        let byID = Dictionary(uniqueKeysWithValues: rulings)
        return messages.map { byID[$0.id] }
    }

    /// The provider refuses a message that was asked, for good.
    func refuse(_ message: MessageRecord, at now: Timestamp) async throws {
        let failure = SendFailure(.reject, code: "no", summary: "")
        try await ledger.settle([Settlement(messageID: message.id, attempt: 1, result: .failed(Reason(rawValue: "no"), failure), at: now)])
    }

    func states() async throws -> [String: Int] {
        let rows = try await engine.read { try $0.rows(Self.states) }
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text(0), try $0.int(1)) })
    }

    private static let states = Query("test.states", "SELECT state, COUNT(*) FROM message GROUP BY state")
}

/// A moment by its ISO 8601 form.
func moment(_ text: String) -> Timestamp { Timestamp(iso8601: text) ?? at(0) }
