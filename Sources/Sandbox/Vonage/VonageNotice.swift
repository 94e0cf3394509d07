import Core

/// The bodies of the vendor's callbacks.
enum VonageNotice {
    /// The vendor charges and classifies by message; a failed one costs nothing.
    static func body(_ status: Notice.Status) -> JSONValue {
        let message = status.message
        var body: [String: JSONValue] = [
            "message_uuid": .string(status.id.description), "to": .string(message.phone), "from": .string(message.business),
            "channel": "whatsapp", "timestamp": .string(status.at.iso8601Milliseconds),
        ]
        if let clientRef = message.clientRef { body["client_ref"] = .string(clientRef) }
        var whatsapp: [String: JSONValue] = ["recipient": person(message.phone)]
        if let failure = status.failure {
            let told = failure.inVonageWords
            body["status"] = .string(told.word.rawValue)
            body["error"] = told.error(instance: status.id.description)
        } else {
            body["status"] = .string("\(status.kind)")
            let category: JSONValue = message.isTemplate ? "marketing" : "service"
            body["usage"] = ["currency": "EUR", "price": message.isTemplate ? "0.0415" : "0.0001"]
            whatsapp["pricing"] = ["type": "regular", "pricing_model": "PMP", "category": category]
            let conversation = String(message.id.description.filter { $0 != "-" })
            whatsapp["conversation"] = ["id": .string(conversation), "origin": ["type": category]]
        }
        body["whatsapp"] = .object(whatsapp)
        return .object(body)
    }

    static func body(_ message: Message, _ content: Content) -> JSONValue {
        var body: [String: JSONValue] = [
            "channel": "whatsapp", "message_uuid": .string(message.id.description), "from": .string(message.phone),
            "to": .string(message.business), "timestamp": .string(message.at.iso8601()),
            "profile": ["name": .string(PersonName.of(message.phone))], "message_type": .string(word(content)),
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
        case .media(_, let url, let caption): [word(content): file(url, caption, isNamed: word(content) == "file")]
        case .list(let row): ["reply": .object(row.members)]
        case .location(let place):
            ["location": .object(place.texts.merging(["lat": .double(place.latitude), "long": .double(place.longitude)]) { $1 })]
        case .reaction(let emoji):
            ["reaction": emoji.isEmpty ? ["action": "unreact"] : ["action": "react", "emoji": .string(emoji)]]
        case .contact(let contact):
            ["contact": ["url": .string("https://cards.example.com/\(contact.phone).vcf"), "name": .string(contact.name)]]
        case .template, .custom, .interactive, .unsupported: [:]
        }
    }

    /// Vonage's word for a kind; the phones' own word differs for two.
    private static func word(_ content: Content) -> String {
        ["document": "file", "voice": "audio"][content.messageType] ?? content.messageType
    }

    private static func file(_ url: String, _ caption: String?, isNamed: Bool) -> JSONValue {
        var file: [String: JSONValue] = ["url": .string(url)]
        if let caption { file["caption"] = .string(caption) }
        if isNamed { file["name"] = .string(Content.filename(in: url)) }
        return .object(file)
    }

    private static func person(_ phone: String) -> JSONValue {
        phone.contains(".") ? ["user_id": .string(phone)] : ["wa_id": .string(phone)]
    }
}

extension Failure {
    fileprivate var inVonageWords: DeliveryFailure {
        var words = told
        if mishap != .asTold {
            let usual = VonageCodes.of(mishap)
            (words.title, words.code, words.detail, words.word) = (.string(usual.title), nil, usual.detail, usual.word)
        } else if let code {
            (words.title, words.code) = (.string(code), nil)
        }
        return words
    }
}

extension Timestamp {
    /// `2026-11-02T10:00:00.000Z`, the spelling of the vendor's statuses.
    var iso8601Milliseconds: String { iso8601(fraction: true).dropLast(4) + "Z" }
}
