import Channels
import Core
import Storage
import StorageTesting
import Testing
import WhatsApp

/// Seconds after a fixed moment, before the clock of the stores.
func at(_ seconds: Int) -> Timestamp { ChannelFixture.now - .seconds(100_000) + .seconds(seconds) }

/// A fixture with one channel.
struct HealthFixture {
    let engine: any SQLEngine
    let store: ChannelStore
    let templates: TemplateStore
    let channel: Channel

    init(_ kind: TestEngine) async throws {
        let fixture = try await ChannelFixture(kind)
        (engine, store, templates) = (fixture.engine, fixture.store, fixture.templates)
        channel = try await store.create(ChannelFixture.draft, for: ChannelFixture.account)
    }

    var id: ChannelID { channel.id }

    func health() async throws -> ChannelHealth { try #require(try await store.channel(id)).health }

    /// The provider's last word and when it came, in seconds.
    func notice() async throws -> String {
        let health = try await health()
        let seconds = health.noticedAt.map { ($0 - at(0)).inSeconds } ?? -1
        return "\(health.notice ?? "") \(Int(seconds))"
    }

    func hold(_ failure: SendFailure, since: Timestamp, now: Timestamp) async throws {
        try await engine.write { try store.hold(id, for: failure, since: since, at: now, in: $0) }
    }

    func release(at now: Timestamp) async throws -> Bool { try await engine.write { try store.release(id, at: now, in: $0) } }

    func note(_ notice: ChannelNotice, now: Timestamp) async throws {
        try await engine.write { try store.note(notice, on: id, at: now, in: $0) }
    }
}
