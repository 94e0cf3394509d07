import Core

extension WorldState {
    /// Lets a step of a message happen. Nil when the sandbox was reset since.
    mutating func carryOut(_ step: Journey.Step, of message: Message) -> Notice? {
        guard message.generation == generation else { return nil }
        callbacks.open += step.isTwice ? 2 : 1
        let time = message.at + .milliseconds(Int64(step.happens))
        switch step.kind {
        case .submitted: phones.advance(message, to: .submitted)
        case .delivered: phones.advance(message, to: .delivered)
        case .read: phones.advance(message, to: .read)
        case .failed: phones.advance(message, to: .failed)
        case .reply: return answer(message)
        }
        return .status(message, step.kind, at: time, failure: step.kind == .failed ? behaviour.failure : nil)
    }

    private mutating func answer(_ message: Message) -> Notice {
        let text = behaviour.replyTexts[random.index(below: behaviour.replyTexts.count)]
        let quoted = random.chance(behaviour.quoteRate) ? message : nil
        return say(.text(text), from: message.phone, to: message.business, of: message.account, quoting: quoted)
    }

    /// Counts a callback as done, or, without `outcome`, a message whose steps are all taken. What is left from before
    /// a reset is not counted.
    mutating func close(_ message: Message, _ outcome: WritableKeyPath<CallbackTally, Int>? = nil) {
        guard message.generation == generation else { return }
        callbacks.open -= 1
        if let outcome { callbacks[keyPath: outcome] += 1 }
    }

    /// Lets the person at `phone` write to the business that wrote last, or, from a phone that nobody wrote to yet, to
    /// the first account with a number.
    /// - Parameter quoted: a message of the business in this chat. A tap on a button without one quotes the newest.
    /// - Throws: when there is nobody to write to, or no such message.
    mutating func reply(_ content: Content, from phone: String, quoting quoted: MessageUUID?) throws(InputError) -> Notice {
        let newest = phones.chat(with: phone, limit: 1000).lazy.map(\.message).first { $0.direction == .toPhone }
        var context: Message?
        if let quoted {
            context = phones.message(quoted, on: phone)
            guard context != nil else {
                throw InputError(.notFound, code: "unknown_message", field: "to_message", "this phone got no message with that id")
            }
        } else if case .button = content {
            context = newest
        }
        let addressee = newest.map { ($0.account, $0.business) } ?? accounts.all.lazy.compactMap { a in a.number.map { (a.key, $0) } }.first
        guard let (account, business) = addressee else {
            throw InputError(.notFound, code: "unknown_phone", "nobody wrote to this phone, and no account has a number to write to")
        }
        callbacks.open += 1
        return say(content, from: phone, to: business, of: account, quoting: context)
    }

    private mutating func say(
        _ content: Content, from phone: String, to business: String, of account: String, quoting quoted: Message?
    ) -> Notice {
        let message = Message(
            id: MessageUUID(random), direction: .fromPhone, account: account, business: business, phone: phone, clientRef: nil,
            isTemplate: false, at: clock.now(), quoted: quoted, generation: generation, number: phones.nextNumber)
        phones.append(message, content)
        return .inbound(message, content)
    }
}
