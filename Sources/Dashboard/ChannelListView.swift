import Core

/// The model of `channels/list`.
struct ChannelListView: Sendable {
    struct Row: Sendable {
        let address: String
        let nickname: String
        let isDefault: Bool
        let provider: String
        let number: String
        let badge: StatusBadge
        let halt: Halt?
        let pace: String
        let limits: [String]
        let synced: TimeText?
    }

    /// Why nothing goes out.
    struct Halt: Sendable {
        let reason: String
        let code: String
    }

    let rows: [Row]
    let hasRows: Bool
    let count: String

    init(_ channels: [ChannelSummary]) {
        rows = channels.map { channel in
            Row(
                address: "/channels/\(channel.id)", nickname: channel.nickname, isDefault: channel.isDefault,
                provider: providerLabel(channel.provider), number: channel.number, badge: StatusBadge(isHalted: channel.hold != nil),
                halt: channel.hold.map { Halt(reason: ReasonText(code: $0.code).title, code: $0.code) },
                pace: channel.limits.paceInWords, limits: channel.limits.othersInWords, synced: channel.syncedAt.map(TimeText.init))
        }
        hasRows = !rows.isEmpty
        count = channels.count.people("channel", "channels")
    }
}
