import Core
import WhatsApp

extension WebhookEvent {
    /// Reads what the functions below write; anything else cannot be read.
    init(notice json: JSONValue) {
        let time = json["at"]?.int.map { Timestamp(seconds: $0) }
        switch json["type"]?.string {
        case "preference":
            self = .preference(
                MarketingPreference(
                    person: WhatsAppPerson(json), granted: json["granted"]?.bool ?? false, occurredAt: time ?? Moment.start, evidence: json)
            )
        case "template":
            self = .template(
                TemplateNotice(
                    name: json["name"]?.string, standing: json["standing"]?.string.flatMap(TemplateStanding.init(vendorWord:)),
                    hasNewText: json["new_text"]?.bool ?? false))
        case "channel":
            let halt = SendFailure(.haltChannel, code: "fake_halt", summary: "no")
            let effect: ChannelNotice.Effect = json["effect"]?.string == "halt" ? .halt(halt) : .resume
            self = .channel(ChannelNotice(effect, code: json["effect"]?.string ?? "", summary: "Said so.", occurredAt: time))
        case "person":
            self = .person(
                PersonNotice(
                    person: WhatsAppPerson(json), formerPhone: json["former"]?.string.flatMap(PhoneNumber.init(digits:)),
                    alias: json["alias"]?.string.flatMap(PhoneNumber.init(digits:))))
        default: self = .unreadable(json.string ?? "It is nothing.")
        }
    }
}

extension WhatsAppPerson {
    fileprivate init(_ json: JSONValue) {
        self.init(phone: json["phone"]?.string.flatMap(PhoneNumber.init(digits:)), userID: json["user"]?.string.flatMap(ScopedUserID.init))
    }
}

private func notice(_ type: String, _ members: [String: JSONValue?], at seconds: Int64) -> JSONValue {
    var notice = members.compactMapValues { $0 }
    (notice["type"], notice["at"]) = (.string(type), .int(Moment.start.seconds + seconds))
    return ["notices": [.object(notice)]]
}

private func text(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }

/// A person stopped or resumed marketing.
func preference(_ granted: Bool, phone: String? = nil, user: String? = nil, at seconds: Int64 = 300) -> JSONValue {
    notice("preference", ["granted": .bool(granted), "phone": text(phone), "user": text(user)], at: seconds)
}

func templateNotice(_ name: String, _ standing: String? = nil, hasNewText: Bool = false) -> JSONValue {
    notice("template", ["name": .string(name), "standing": text(standing), "new_text": .bool(hasNewText)], at: 300)
}

/// `halt` or `resume`.
func channelNotice(_ effect: String, at seconds: Int64 = 300) -> JSONValue { notice("channel", ["effect": .string(effect)], at: seconds) }

func personNotice(phone: String? = nil, user: String? = nil, former: String? = nil, alias: String? = nil) -> JSONValue {
    notice("person", ["phone": text(phone), "user": text(user), "former": text(former), "alias": text(alias)], at: 300)
}

/// All that several calls tell, in one.
func together(_ bodies: [JSONValue]) -> JSONValue {
    func all(_ key: String) -> JSONValue { .array(bodies.flatMap { $0[key]?.array ?? [] }) }
    return ["receipts": all("receipts"), "inbound": all("inbound"), "notices": all("notices")]
}
