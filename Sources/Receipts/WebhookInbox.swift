package import Core
package import Storage
package import WhatsApp

/// Keeps webhook calls as they came. They are answered once they are on disk and worked on afterwards, so a crash between
/// the two loses nothing.
package struct WebhookInbox: Sendable {
    private let engine: any SQLEngine
    private let clock: WallClock
    private let ids: IDMaker
    private let arrived: Signal

    /// - Parameter arrived: raised after every call that was stored; `ReceiptApplier` waits for it.
    package init(engine: any SQLEngine, clock: WallClock, ids: IDMaker, arrived: Signal) {
        (self.engine, self.clock, self.ids, self.arrived) = (engine, clock, ids, arrived)
    }

    /// Returns when the call is on disk. The same call stored twice is two rows, of which the second changes nothing when
    /// it is applied.
    /// - Parameter body: the raw bytes of a call that was verified.
    /// - Throws: `StorageError`; nothing is stored then, and the vendor is to be told to try again.
    package func store(_ kind: WebhookKind, channel: ChannelID, account: AccountID, body: [UInt8]) async throws {
        let now = clock.now()
        let id: RawWebhookID = ids.next()
        try await engine.write { session in
            _ = try session.run(
                RawWebhookTable.insert,
                [.id(id), .id(account), .id(channel), .text(kind.rawValue), .blob(body), .time(now), .time(now)])
        }
        arrived.raise()
    }
}
