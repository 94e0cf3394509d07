import Core
import WhatsApp

/// One change of a webhook, with what its entry says of it.
struct MetaChange {
    let field: String
    let value: JSONValue
    /// The business account (WABA) that the entry is about.
    let accountID: String?
    /// When the entry was made; it stands in where an item has no time of its own.
    let time: Timestamp?
    let line: Line
    let isGupshup: Bool
    let ownFailure: MetaWebhook.OwnFailure?

    /// Nil when the change has no value. Without a field it is taken for messages, which is by far the most there is.
    init?(_ json: JSONValue, entry: JSONValue, line: Line, isGupshup: Bool, ownFailure: MetaWebhook.OwnFailure?) {
        guard let value = json["value"], value.object != nil else { return nil }
        (field, self.value) = (json["field"]?.looseText ?? "messages", value)
        (accountID, time) = (entry["id"]?.looseText, entry["time"]?.looseTime)
        (self.line, self.isGupshup, self.ownFailure) = (line, isGupshup, ownFailure)
    }

    /// Fields that are not named here tell nothing that we keep; `smb_message_echoes` are what staff wrote by hand.
    var events: [WebhookEvent] {
        if field == "messages" { return conversation }
        guard namesLine ?? true, isOurAccount else { return [] }
        return switch field {
        case "user_preferences": preferences
        case "message_template_status_update": template(status)
        case "template_category_update": template(category)
        case "message_template_quality_update": template(quality)
        case "message_template_components_update": template { $0.hasNewText = true }
        case "account_update": [account]
        case "phone_number_quality_update": [numberQuality]
        case "business_capability_update": [capability]
        default: []
        }
    }

    private var conversation: [WebhookEvent] {
        guard let isOurs = namesLine ?? (isGupshup ? true : nil) else {
            return [.unreadable("It does not say which number it is for.")]
        }
        return isOurs ? problems + people + statuses + messages : []
    }

    /// Whether it is about the line's number; nil when it names none.
    private var namesLine: Bool? {
        let metadata = value["metadata"]
        if let id = metadata?["phone_number_id"]?.looseText, let ours = line.credentials["phone_number_id"] { return id == ours }
        guard let shown = (metadata?["display_phone_number"] ?? value["display_phone_number"] ?? value["phone_number"])?.looseText
        else { return nil }
        return shown.filter { ("0"..."9").contains($0) } == line.number.digits
    }

    private var isOurAccount: Bool {
        guard let ours = line.credentials["waba_id"], let accountID, !isGupshup else { return true }
        return accountID == ours
    }

    /// Each item under this key; one that cannot be read says why.
    func each(_ key: String, _ read: (JSONValue) throws(UnreadableWebhook) -> WebhookEvent?) -> [WebhookEvent] {
        (value[key]?.metaItems ?? []).compactMap { item in
            do throws(UnreadableWebhook) { return try read(item) } catch { return .unreadable(error.reason) }
        }
    }

    func time(of item: JSONValue) throws(UnreadableWebhook) -> Timestamp {
        guard let time = item["timestamp"]?.looseTime ?? time else { throw UnreadableWebhook("It has no timestamp that can be read.") }
        return time
    }
}

extension JSONValue {
    /// An id as the database keeps it; nil when there is none of 1 to 255 bytes.
    var metaID: String? { looseText.flatMap { $0.utf8.count <= 255 ? $0 : nil } }
}
