package import Core
package import Storage

/// The other addresses under which WhatsApp knows people: ids for those who hide their number, and numbers that are spelt
/// otherwise there than they were dialled. The only writer of `whatsapp_address`.
package struct WhatsAppAddresses: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A business-scoped id, `US.900…`.
        case user
        /// Digits that WhatsApp uses in place of the number that was dialled.
        case alias
    }

    private let clock: WallClock

    package init(clock: WallClock) { self.clock = clock }

    /// Remembers whose address this is. One that is known as another's already goes over: WhatsApp's latest word counts.
    package func learn(
        _ address: String, _ kind: Kind, of profile: ProfileID, account: AccountID, in session: some SQLSession
    ) throws {
        try session.run(
            Self.learn, [.id(account), .text(address), .text(kind.rawValue), .id(profile), .time(clock.now())])
    }

    /// Whose address this is; nil when nobody knows.
    package func owner(of address: String, account: AccountID, in session: some SQLSession) throws -> ProfileID? {
        try session.row(Self.find, [.id(account), .text(address)])?.id(0)
    }

    private static let learn = Query(
        "whatsapp_address.learn",
        """
        INSERT INTO whatsapp_address (account_id, address, kind, profile_id, seen_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (account_id, address) DO UPDATE SET profile_id = excluded.profile_id, seen_at = excluded.seen_at
        WHERE whatsapp_address.profile_id <> excluded.profile_id
        """)
    private static let find = Query(
        "whatsapp_address.find", "SELECT profile_id FROM whatsapp_address WHERE account_id = $1 AND address = $2")
}
