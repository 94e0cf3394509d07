import Core

extension Template {
    private static let categories: Set = ["MARKETING", "UTILITY", "AUTHENTICATION"]
    private static let headers: Set = ["IMAGE", "VIDEO", "DOCUMENT", "LOCATION"]
    private static let buttonTypes: Set = ["QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "FLOW", "OTP"]
    static let statuses: Set = [
        "APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "FLAGGED", "REINSTATED", "IN_APPEAL", "PENDING_DELETION",
        "DELETED", "LIMIT_EXCEEDED", "ARCHIVED",
    ]

    /// Reads `{name, namespace?, language, category, body, header?, footer?, buttons?, status?}`. `header` is a text or one of
    /// `{"format": "IMAGE"}`, VIDEO, DOCUMENT, LOCATION; `buttons` are `{type, text, url?, phone_number?}`, those that copy a code maybe without text; `status` is
    /// APPROVED unless said otherwise.
    init(_ json: JSONValue, id: MessageUUID, at time: Timestamp) throws(InputError) {
        let members = try json.members(
            allowing: ["name", "namespace", "language", "category", "body", "header", "footer", "buttons", "status"])
        (self.id, created) = (id, time)
        name = try members.text("name", 1...512)
        guard name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }) else {
            throw InputError(code: "invalid_name", field: "name", "name is lower-case letters, digits and underscores")
        }
        namespace = try members.optionalText("namespace", 1...500)
        language = try members.text("language", 2...10)
        category = try Self.word(members, "category", of: Self.categories) ?? "MARKETING"
        body = try members.text("body", 1...4096)
        header = try Self.header(members["header"])
        footer = try members.optionalText("footer", 1...240)
        buttons = try Self.buttons(members["buttons"])
        status = try Self.word(members, "status", of: Self.statuses) ?? "APPROVED"
    }

    static func word(_ members: [String: JSONValue], _ key: String, of words: Set<String>) throws(InputError) -> String? {
        guard let word = try members.optionalText(key, 1...40) else { return nil }
        guard words.contains(word) else {
            throw InputError(code: "invalid_\(key)", field: key, "\(key) is one of \(words.sorted().joined(separator: ", "))")
        }
        return word
    }

    private static func header(_ json: JSONValue?) throws(InputError) -> Header? {
        guard let json, !json.isNull else { return nil }
        if let text = json.string, (1...60).contains(text.count) { return .text(text) }
        guard let format = json["format"]?.string, headers.contains(format) else {
            throw InputError(
                code: "invalid_header", field: "header",
                "header is a text of 1 to 60 characters, or {\"format\": …} with \(headers.sorted().joined(separator: ", "))")
        }
        return .media(format)
    }

    private static func buttons(_ json: JSONValue?) throws(InputError) -> [JSONValue] {
        guard let json, !json.isNull else { return [] }
        let buttons = json.array ?? []
        guard json.array != nil, buttons.count <= 10,
            buttons.allSatisfy(isButton)
        else {
            throw InputError(
                code: "invalid_buttons", field: "buttons",
                "buttons are at most 10 objects with text and type, one of \(buttonTypes.sorted().joined(separator: ", "))")
        }
        return buttons
    }

    /// WhatsApp itself labels a button that copies a code.
    private static func isButton(_ json: JSONValue) -> Bool {
        guard let type = json["type"]?.string, buttonTypes.contains(type) else { return false }
        return json["text"]?.string != nil || ["COPY_CODE", "OTP"].contains(type)
    }

    /// As the control routes show it.
    var json: JSONValue {
        [
            "id": .string(id.description), "meta_id": .string(id.digits), "name": .string(name), "language": .string(language),
            "category": .string(category), "body": .string(body), "status": .string(status),
        ]
    }
}
