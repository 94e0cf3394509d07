import Core

extension WorldState {
    /// Lets a step of a message happen. Nil when the sandbox was reset since.
    mutating func carryOut(_ step: Journey.Step, of message: Message) -> Notice? {
        guard message.generation == generation else { return nil }
        callbacks.open += step.isTwice ? 2 : 1
        let time = message.at + .milliseconds(Int64(step.happens))
        switch step.kind {
        case .enqueued: break
        case .submitted: phones.advance(message, to: .submitted)
        case .delivered: phones.advance(message, to: .delivered)
        case .read: phones.advance(message, to: .read)
        case .failed: phones.advance(message, to: .failed)
        case .reply: return answer(message)
        }
        let failure = step.mishap.map { Failure($0, told: behaviour.failure, code: behaviour.failCode) }
        return .status(.init(message: message, kind: step.kind, at: time, failure: failure, isUnderOtherID: step.isUnderOtherID))
    }

    private mutating func answer(_ message: Message) -> Notice {
        let text = behaviour.replyTexts[random.index(below: behaviour.replyTexts.count)]
        let quoted = random.chance(behaviour.quoteRate) ? message : nil
        return say(.text(text), from: message.phone, to: .init(of: message), quoting: quoted)
    }

    /// Counts a callback as done, or, without `outcome`, a message whose steps are all taken. What is left from before
    /// a reset is not counted.
    mutating func close(generation: Int, _ outcome: WritableKeyPath<CallbackTally, Int>? = nil) {
        guard generation == self.generation else { return }
        callbacks.open -= 1
        if let outcome { callbacks[keyPath: outcome] += 1 }
    }

    /// Lets the person at `phone` write to the business that wrote last, or, from a phone that nobody wrote to yet, to
    /// the first account with a number.
    /// - Parameter quoted: a message of the business in this chat. A tap on a button, a choice from a list and a reaction
    ///   without one quote the newest.
    /// - Throws: when there is nobody to write to, no such message, or the vendor has no form for it.
    mutating func reply(
        _ content: Content, from phone: String, quoting quoted: MessageUUID?, through wires: Wires
    ) throws(InputError) -> Notice {
        let newest = phones.chat(with: phone, limit: 1000).lazy.map(\.message).first { $0.direction == .toPhone }
        var context: Message?
        if let quoted {
            context = phones.message(quoted, on: phone)
            guard context != nil else {
                throw InputError(.notFound, code: "unknown_message", field: "to_message", "this phone got no message with that id")
            }
        } else if content.belongsToAMessage {
            context = newest
        }
        guard let addressee = newest.map(Addressee.init(of:)) ?? accounts.all.lazy.compactMap(Addressee.init(account:)).first else {
            throw InputError(.notFound, code: "unknown_phone", "nobody wrote to this phone, and no account has a number to write to")
        }
        guard wires[addressee.vendor].carries(content) else {
            throw InputError(code: "unsupported_kind", "the callbacks of \(addressee.vendor.label) have no form for this")
        }
        callbacks.open += 1
        return say(content, from: phone, to: addressee, quoting: context)
    }

    private mutating func say(_ content: Content, from phone: String, to addressee: Addressee, quoting quoted: Message?) -> Notice {
        let message = Message(
            id: MessageUUID(random), direction: .fromPhone, vendor: addressee.vendor, account: addressee.account,
            business: addressee.business, phone: phone, clientRef: nil, isTemplate: false, at: clock.now(), quoted: quoted,
            generation: generation, number: phones.nextNumber)
        phones.append(message, content)
        if case .media(let kind, _, _) = content {
            media.put(.init(account: message.account, kind: kind), under: message.id.digits)
        }
        return .inbound(.init(message: message, content: content, hasID: behaviour.hasInboundIDs))
    }
}

/// The business that somebody writes to.
private struct Addressee {
    let vendor: Vendor
    let account: String
    let business: String

    init(of message: Message) { (vendor, account, business) = (message.vendor, message.account, message.business) }

    init?(account: SandboxAccount) {
        guard let number = account.number else { return nil }
        (vendor, self.account, business) = (account.vendor, account.key, number)
    }
}

extension Content {
    fileprivate var belongsToAMessage: Bool {
        switch self {
        case .button, .list, .reaction: true
        default: false
        }
    }
}
