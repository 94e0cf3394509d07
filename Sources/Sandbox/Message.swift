import Core

/// The lasting facts of one message between a business and a phone. Shared by the chat and by the callbacks that are
/// still to be posted, so that these outlive the chat's capacity.
final class Message: Sendable {
    enum Direction: Sendable { case toPhone, fromPhone }

    let id: MessageUUID
    let direction: Direction
    let vendor: Vendor
    /// The key of the account.
    let account: String
    let business: String
    let phone: String
    let clientRef: String?
    let isTemplate: Bool
    let at: Timestamp
    /// The message that this one quotes.
    let quoted: Message?
    /// How often the sandbox had been reset when it was made.
    let generation: Int
    /// Its place in the chat, from 0.
    let number: Int

    init(
        id: MessageUUID, direction: Direction, vendor: Vendor, account: String, business: String, phone: String,
        clientRef: String?, isTemplate: Bool, at: Timestamp, quoted: Message?, generation: Int, number: Int
    ) {
        (self.id, self.direction, self.vendor, self.account, self.business) = (id, direction, vendor, account, business)
        (self.phone, self.clientRef, self.isTemplate, self.at) = (phone, clientRef, isTemplate, at)
        (self.quoted, self.generation, self.number) = (quoted, generation, number)
    }
}

/// How far a message to a phone has come; one from a phone stays `said`.
enum Stage: String, Sendable, Comparable {
    case accepted, submitted, delivered, read, failed, said

    private var rank: Int {
        switch self {
        case .accepted: 0
        case .submitted: 1
        case .delivered: 2
        case .read, .said: 3
        case .failed: 4
        }
    }

    static func < (a: Stage, b: Stage) -> Bool { a.rank < b.rank }
}
