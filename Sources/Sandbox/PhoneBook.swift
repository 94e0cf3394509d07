import Core

/// The phones and their chats. A phone exists from its first message on, for as long as one of its messages is kept.
struct PhoneBook: Sendable {
    struct Bubble: Sendable {
        let message: Message
        /// Nil beyond the content capacity.
        var content: Content?
        var stage: Stage
        /// The number of the phone's bubble before this one.
        let previous: Int?
    }

    /// What happened to all messages, also to those no longer kept.
    struct Tally: Sendable {
        var delivered = 0
        var read = 0
        var failed = 0
        var replies = 0
    }

    private var bubbles: Ring<Bubble>
    private let contentCapacity: Int
    private var newestBubbles: [String: Int] = [:]
    /// Where the messages from phones are.
    private var saidBubbles: [MessageUUID: Int] = [:]
    private(set) var tally = Tally()

    init(capacity: Int, contentCapacity: Int) {
        bubbles = Ring(capacity: capacity)
        self.contentCapacity = contentCapacity
    }

    /// Phones there are.
    var count: Int { newestBubbles.count }
    /// The number that the next message gets.
    var nextNumber: Int { bubbles.count }

    /// Puts a message into its phone's chat. Its number must be `nextNumber`.
    mutating func append(_ message: Message, _ content: Content) {
        let isReply = message.direction == .fromPhone
        if isReply { tally.replies += 1 }
        let bubble = Bubble(
            message: message, content: content, stage: isReply ? .said : .accepted, previous: newestBubbles[message.phone])
        newestBubbles[message.phone] = message.number
        if isReply { saidBubbles[message.id] = message.number }
        if let dropped = bubbles.append(bubble) { forget(dropped.message) }
        bubbles.update(bubbles.count - 1 - contentCapacity) { $0.content = nil }
    }

    private mutating func forget(_ message: Message) {
        saidBubbles[message.id] = nil
        if newestBubbles[message.phone] == message.number { newestBubbles[message.phone] = nil }
    }

    /// Moves a message on and counts it. A stage that it has reached or passed changes nothing.
    mutating func advance(_ message: Message, to stage: Stage) {
        switch stage {
        case .delivered: tally.delivered += 1
        case .read: tally.read += 1
        case .failed: tally.failed += 1
        case .accepted, .submitted, .said: break
        }
        bubbles.update(message.number) { if $0.stage < stage { $0.stage = stage } }
    }

    /// The chat of a phone, newest first; empty when there is no such phone.
    func chat(with phone: String, limit: Int) -> [Bubble] {
        var chat: [Bubble] = []
        var next = newestBubbles[phone]
        while let number = next, let bubble = bubbles[number], chat.count < limit {
            chat.append(bubble)
            next = bubble.previous
        }
        return chat
    }

    /// A message that the phone got, by its name or the other one that some vendors give it.
    func message(_ id: MessageUUID, on phone: String) -> Message? {
        chat(with: phone, limit: 1000).first { bubble in
            bubble.message.direction == .toPhone && (bubble.message.id == id || bubble.message.id.sibling == id)
        }?.message
    }

    /// A message that a phone wrote to this account.
    func said(_ id: MessageUUID, to account: String) -> Message? {
        saidBubbles[id].flatMap { bubbles[$0]?.message }.flatMap { $0.account == account ? $0 : nil }
    }

    /// The newest message that an account sent.
    func newestMessage(of account: String) -> Message? {
        var number = bubbles.count - 1
        while let bubble = bubbles[number] {
            if bubble.message.account == account, bubble.message.direction == .toPhone { return bubble.message }
            number -= 1
        }
        return nil
    }

    /// Phones by their latest message, newest first. With `digits`, only those that begin or end so.
    func newest(_ limit: Int, matching digits: String = "") -> [String] {
        guard digits.isEmpty else { return matches(digits, limit) }
        var found: [String] = []
        var seen: Set<String> = []
        var number = bubbles.count - 1
        while found.count < limit, let bubble = bubbles[number] {
            if seen.insert(bubble.message.phone).inserted { found.append(bubble.message.phone) }
            number -= 1
        }
        return found
    }

    private func matches(_ digits: String, _ limit: Int) -> [String] {
        let wanted = Array(digits.utf8)
        return newestBubbles.filter { $0.key.utf8.starts(with: wanted) || $0.key.utf8.suffix(wanted.count).elementsEqual(wanted) }
            .sorted { $0.value > $1.value }.prefix(limit).map(\.key)
    }
}
