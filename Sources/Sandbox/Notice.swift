import Core

/// One thing the vendor tells an account: a status of a message, or a message from a phone.
enum Notice: Sendable {
    case status(Message, Journey.Step.Kind, at: Timestamp, failure: DeliveryFailure?)
    case inbound(Message, Content)

    var message: Message {
        switch self {
        case .status(let message, _, _, _), .inbound(let message, _): message
        }
    }

    /// The body of the callback, in the vendor's form.
    var body: JSONValue {
        switch self {
        case .status(let message, let kind, let time, let failure): Self.status(message, kind, time, failure)
        case .inbound(let message, let content): Self.inbound(message, content)
        }
    }

    /// The vendor charges and classifies by message; a failed one costs nothing.
    private static func status(
        _ message: Message, _ kind: Journey.Step.Kind, _ time: Timestamp, _ failure: DeliveryFailure?
    ) -> JSONValue {
        var body: [String: JSONValue] = [
            "message_uuid": .string(message.id.description), "to": .string(message.phone), "from": .string(message.business),
            "channel": "whatsapp", "timestamp": .string(time.iso8601Milliseconds),
        ]
        if let clientRef = message.clientRef { body["client_ref"] = .string(clientRef) }
        var whatsapp: [String: JSONValue] = ["recipient": person(message.phone)]
        if let failure {
            body["status"] = .string(failure.word.rawValue)
            body["error"] = failure.error(instance: message.id.description)
        } else {
            body["status"] = .string("\(kind)")
            let category: JSONValue = message.isTemplate ? "marketing" : "service"
            body["usage"] = ["currency": "EUR", "price": message.isTemplate ? "0.0415" : "0.0001"]
            whatsapp["pricing"] = ["type": "regular", "pricing_model": "PMP", "category": category]
            let conversation = String(message.id.description.filter { $0 != "-" })
            whatsapp["conversation"] = ["id": .string(conversation), "origin": ["type": category]]
        }
        body["whatsapp"] = .object(whatsapp)
        return .object(body)
    }

    private static func inbound(_ message: Message, _ content: Content) -> JSONValue {
        var body: [String: JSONValue] = [
            "channel": "whatsapp", "message_uuid": .string(message.id.description), "from": .string(message.phone),
            "to": .string(message.business), "timestamp": .string(message.at.iso8601()),
            "profile": ["name": .string(PersonName.of(message.phone))], "message_type": .string(content.messageType),
            "whatsapp": ["sender": person(message.phone)], "context_status": "none",
        ]
        body.merge(self.content(content)) { $1 }
        if let quoted = message.quoted {
            body["context_status"] = "available"
            body["context"] = ["message_uuid": .string(quoted.id.description), "message_from": .string(quoted.business)]
            if let clientRef = quoted.clientRef { body["client_ref"] = .string(clientRef) }
        }
        return .object(body)
    }

    private static func content(_ content: Content) -> [String: JSONValue] {
        switch content {
        case .text(let text): ["text": .string(text)]
        case .button(let text, let payload): ["button": ["payload": .string(payload), "text": .string(text)]]
        case .media(let kind, let url, let caption):
            [kind: .object(["url": .string(url)].merging(caption.map { ["caption": .string($0)] } ?? [:]) { $1 })]
        case .template, .custom: [:]
        }
    }

    private static func person(_ phone: String) -> JSONValue {
        phone.contains(".") ? ["user_id": .string(phone)] : ["wa_id": .string(phone)]
    }
}

extension Timestamp {
    /// `2026-11-02T10:00:00.000Z`, the spelling of the vendor's statuses.
    var iso8601Milliseconds: String { iso8601(fraction: true).dropLast(4) + "Z" }
}

/// Phones have owners; the name follows from the number, so that it is always the same.
enum PersonName {
    private static let names = [
        "Amara", "Bilal", "Chiara", "Diego", "Elif", "Farid", "Greta", "Hana", "Ilya", "Jonas", "Keiko", "Leila", "Mateo",
        "Noor", "Ona", "Priya", "Quentin", "Rosa", "Sanjay", "Tomasz", "Uma", "Viktor", "Wanjiru", "Ximena", "Yusuf", "Zoë",
    ]

    static func of(_ phone: String) -> String {
        names[phone.utf8.reduce(7) { ($0 * 31 + Int($1)) % 9973 } % names.count]
    }
}
