import Core
import Storage
import WhatsApp

/// A stored call that waits to be applied.
struct RawWebhook: Sendable {
    let id: RawWebhookID
    let accountID: AccountID
    let channelID: ChannelID
    let kind: WebhookKind
    let body: [UInt8]
    let receivedAt: Timestamp
    /// How often it was put off.
    let tries: Int
    /// The name of the channel's provider.
    let provider: String

    init(row: SQLRow) throws {
        (id, accountID, channelID) = (try row.id(0), try row.id(1), try row.id(2))
        guard let kind = WebhookKind(rawValue: try row.text(3)) else {
            throw StorageError(.mismatch, "webhook \(id) is of a kind that this program does not know")
        }
        (self.kind, body, receivedAt, tries) = (kind, try row.blob(4), try row.time(5), try row.int(6))
        provider = try row.text(7)
    }
}

/// A stored call and what it says.
struct ReadWebhook: Sendable {
    let raw: RawWebhook
    let events: [WebhookEvent]
    /// Why it, or an entry of it, cannot be read; nil when all can.
    let problem: String?

    /// - Parameter line: of the call's channel; nil when the channel is gone.
    init(_ raw: RawWebhook, providers: ProviderList, line: Line?) {
        self.raw = raw
        guard let provider = providers[raw.provider], let line else {
            (events, problem) = ([], "This program does not speak the provider \(raw.provider).")
            return
        }
        do throws(UnreadableWebhook) {
            events = try provider.events(from: raw.body, kind: raw.kind, over: line)
            problem = events.lazy.compactMap { if case .unreadable(let reason) = $0 { reason } else { nil } }.first
        } catch {
            (events, problem) = ([], error.reason)
        }
    }

    var receipts: [Receipt] { events.compactMap { if case .receipt(let receipt) = $0 { receipt } else { nil } } }
}

/// What became of a call.
enum WebhookVerdict: Hashable, Sendable {
    case applied
    case unreadable(String)
    /// It is about a message that nobody knows yet: a receipt may come before the answer to the request that it is about.
    case unmatched
    /// Applying it failed; the others go on without it.
    case failed(String)
}

extension RawWebhook {
    /// Somebody who was put off 16 times has waited for 18 hours.
    private static let maximumTries = 16
    private static let patience = Duration.seconds(24 * 3600)

    /// The values of `RawWebhookTable.settle`. What could not be applied is tried again after 1, 2, 4 … seconds, and kept
    /// for a person when that has no end.
    func settled(as verdict: WebhookVerdict, at now: Timestamp) -> [SQLValue] {
        switch verdict {
        case .applied: row("applied", due: now, tries: tries, note: nil)
        case .unreadable(let reason): row("unreadable", due: now, tries: tries, note: reason)
        case .unmatched: putOff("No message of this channel fits.", end: "unmatched", at: now)
        case .failed(let reason): putOff(reason, end: "unreadable", at: now)
        }
    }

    private func putOff(_ note: String, end: String, at now: Timestamp) -> [SQLValue] {
        let isOver = tries + 1 >= Self.maximumTries || now - receivedAt >= Self.patience
        return row(isOver ? end : "waiting", due: now + .seconds(1 << min(tries, Self.maximumTries)), tries: tries + 1, note: note)
    }

    private func row(_ state: String, due: Timestamp, tries: Int, note: String?) -> [SQLValue] {
        let plain = note.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(300).filter { $0 != "\0" })) }
        return [.text(state), .time(due), .int(tries), .optional(plain), .id(id)]
    }
}
