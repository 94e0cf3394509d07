import Core
import Messages
import Storage

/// One thing that the last gate asks of a message. A rule reads what it needs for a whole batch when it is made, with one
/// statement, and then judges message by message.
protocol GateRule {
    /// What is to become of the message instead of going out; nil when the rule has nothing against it.
    mutating func objection(to message: MessageRecord) -> Ruling?

    /// Takes into account that the message goes out, so that the next one of the batch is counted after it.
    mutating func count(_ message: MessageRecord)

    /// Writes down what it has given out, once the batch is judged.
    func save(in session: any SQLSession) throws
}

extension GateRule {
    mutating func count(_ message: MessageRecord) {}
    func save(in session: any SQLSession) throws {}
}

/// Where the messages of a batch stand on their way through the gate.
struct Judgement {
    /// Those that nothing has been said against, in their order.
    private(set) var passed: [MessageRecord]
    /// The others.
    private(set) var rulings: [(MessageRecord, Ruling)] = []

    init(_ messages: [MessageRecord]) { passed = messages }

    /// Takes out each message for which there is a ruling.
    mutating func apply(_ ruling: (MessageRecord) -> Ruling?) {
        var left: [MessageRecord] = []
        for message in passed {
            if let ruling = ruling(message) { rulings.append((message, ruling)) } else { left.append(message) }
        }
        passed = left
    }

    /// Asks the rules in their order; the first objection counts.
    mutating func apply(_ rules: [any GateRule], in session: any SQLSession) throws {
        var rules = rules
        apply { message in
            for index in rules.indices {
                if let ruling = rules[index].objection(to: message) { return ruling }
            }
            for index in rules.indices { rules[index].count(message) }
            return nil
        }
        for rule in rules { try rule.save(in: session) }
    }
}
