import Campaigns
import Core
import Messages
import Profiles
import Storage

extension CampaignFixture {
    /// Stores what somebody did, as it arrives at `received`.
    /// - Parameter at: when it happened; when it arrives, unless it is given.
    func event(
        _ name: String, of person: Int64, at time: Timestamp? = nil, received: Timestamp, _ properties: [String: JSONValue] = [:]
    ) async throws {
        guard let name = EventName(name) else { return }
        let event = NewEvent(
            profileID: ProfileID(rawValue: person), name: name, occurredAt: time ?? received, properties: properties)
        try await engine.write { session in
            _ = try EventStore(clock: .fixed(received)).append([event], to: Self.account, in: session)
        }
    }

    /// Lets everything happen that has to happen at a moment: campaigns begin and end, events are read, waits are settled.
    func pass(to time: Timestamp) async {
        let (campaigns, live) = (runner(at: time), live(at: time))
        while await campaigns.turn() {}
        while await live.turn() {}
        while await campaigns.turn() {}
    }

    /// Makes a live campaign and lets it begin.
    func launchLive(_ type: CampaignType, _ who: JSONValue, _ changes: [String: JSONValue] = [:]) async throws -> CampaignID {
        let campaign = try await launch(["type": .string(type.rawValue), "who": who].merging(changes) { $1 })
        await pass(to: Self.now)
        return campaign.id
    }

    /// Sets the account's zone.
    func setZone(_ name: String) async throws {
        try await engine.write { _ = try $0.run(Self.zone, [.text(name)]) }
    }

    /// Lets a person's properties be others, as an upload does.
    func change(_ person: Int64, _ properties: [String: JSONValue]) async throws {
        try await engine.write { session in
            let revision = try Counter("profile_revision").take(in: session)
            _ = try session.run(Self.changeProperties, [.json(.object(properties)), .integer(revision), .integer(person)])
        }
    }

    /// Takes back what somebody agreed to.
    func optOut(_ person: Int64) async throws {
        try await engine.write { _ = try $0.run(Self.optOut, [.integer(person)]) }
    }

    func waiting() async throws -> Int { try await engine.read { try $0.row(Self.countWaits)?.int(0) ?? 0 } }

    private static let zone = Query("test.zone", "UPDATE account SET time_zone = $1 WHERE id = 1")
    private static let changeProperties = Query(
        "test.change_properties", "UPDATE profile SET properties = $1, revision = $2 WHERE id = $3")
    private static let optOut = Query("test.opt_out", "UPDATE profile SET whatsapp = 0 WHERE id = $1")
    private static let countWaits = Query("test.waits", "SELECT COUNT(*) FROM wait")
}
