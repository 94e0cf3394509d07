import Core
import WhatsApp

extension MetaChange {
    /// `value.errors[]`: something is wrong with the number or the account.
    var problems: [WebhookEvent] {
        each("errors") { json in
            let error = MetaError(json)
            let summary = error.summary ?? "Meta reports a problem without words."
            guard let code = error.code else {
                return .channel(ChannelNotice(.note, code: "meta_error", summary: summary, occurredAt: time))
            }
            let failure = MetaErrorCodes.failure(code: code, summary: summary)
            let effect: ChannelNotice.Effect = failure.disposition == .haltChannel ? .halt(failure) : .note
            return .channel(ChannelNotice(effect, code: failure.code, summary: failure.summary, occurredAt: time))
        }
    }

    /// Who wants marketing messages and who does not (Meta, "Webhooks", user_preferences).
    var preferences: [WebhookEvent] { each("user_preferences", preference) }

    private func preference(_ json: JSONValue) throws(UnreadableWebhook) -> WebhookEvent? {
        guard json["category"]?.looseText ?? "marketing_messages" == "marketing_messages" else { return nil }
        let granted: Bool
        switch json["value"]?.looseText?.lowercased() {
        case "stop": granted = false
        case "resume", "signup": granted = true
        default: throw UnreadableWebhook("A preference has a value that is not known.")
        }
        let words = [json["wa_id"], json["user_id"]]
        let person = WhatsAppPerson(metaWords: words, contact: contact(at: words))
        guard person.address != nil else { throw UnreadableWebhook("A preference does not say whose it is.") }
        return .preference(MarketingPreference(person: person, granted: granted, occurredAt: try time(of: json), evidence: json))
    }
}

extension MetaChange {
    /// What became of the account (Meta, "Webhooks", account_update): a restriction, a ban and the deletion stop the
    /// channel, a ban that is lifted starts it again.
    var account: WebhookEvent {
        guard let event = value["event"]?.looseText else { return .unreadable("An account update has no event.") }
        let ban = value["ban_info"]?["waba_ban_state"]?.looseText
        let restrictions = (value["restriction_info"]?.metaItems ?? []).map { $0["restriction_type"]?.looseText }
        let words = [event, ban, value["violation_info"]?["violation_type"]?.looseText] + restrictions
        let (summary, code) = (words.compactMap { $0 }.joined(separator: "; ").shortened(to: 300), event.lowercased().shortened(to: 50))
        return channel(Self.effect(of: event, ban: ban, SendFailure(.haltChannel, code: "meta_" + code, summary: summary)), code, summary)
    }

    private static func effect(of event: String, ban: String?, _ failure: SendFailure) -> ChannelNotice.Effect {
        switch (event.uppercased(), ban?.uppercased()) {
        case ("DISABLED_UPDATE", "REINSTATE"): .resume
        case ("DISABLED_UPDATE", "SCHEDULE_FOR_DISABLE"): .note
        case ("ACCOUNT_RESTRICTION", _), ("DISABLED_UPDATE", _), ("ACCOUNT_DELETED", _): .halt(failure)
        default: .note
        }
    }

    var numberQuality: WebhookEvent {
        guard let event = value["event"]?.looseText else { return .unreadable("A quality update has no event.") }
        let limit = value["current_limit"]?.looseText.map { "; limit \($0)" } ?? ""
        return channel(.note, "quality_" + event.lowercased().shortened(to: 50), (event + limit).shortened(to: 300))
    }

    /// Its members are numbers with long names, which change: they are told as they stand.
    var capability: WebhookEvent {
        let limits = (value.object ?? [:]).sorted { $0.key < $1.key }
            .compactMap { key, value in value.looseText.map { "\(key) \($0)" } }
        return channel(.note, "limit", limits.joined(separator: "; ").shortened(to: 300))
    }

    private func channel(_ effect: ChannelNotice.Effect, _ code: String, _ summary: String) -> WebhookEvent {
        .channel(ChannelNotice(effect, code: code, summary: summary, occurredAt: time))
    }
}
