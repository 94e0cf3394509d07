package import Core
import Storage

/// Why a channel or a template sends nothing for now. What is planned stays planned, and goes on where it was.
package struct Hold: Hashable, Sendable {
    /// The failure's code: `meta_132015`.
    package let code: String
    /// The provider's words, safe to show.
    package let summary: String
    package let since: Timestamp
    /// When one message tries whether the provider takes it again; each try moves it on.
    package let probeAt: Timestamp

    /// "probe every 15 min at most" (`providers.md` 1.3, class H).
    package static let probeInterval = Duration.seconds(900)
}

extension Hold {
    /// From `held_at, held_code, held_summary, probe_at` at these places of a row; nil when nothing is held.
    init?(row: SQLRow, at column: Int) throws {
        guard let since = try row.timeIfPresent(column), let probeAt = try row.timeIfPresent(column + 3) else { return nil }
        (code, summary) = (try row.textIfPresent(column + 1) ?? "", try row.textIfPresent(column + 2) ?? "")
        (self.since, self.probeAt) = (since, probeAt)
    }
}
