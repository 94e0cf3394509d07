import Core

/// A body of `POST /v1/messages` that keeps the vendor's rules for WhatsApp.
struct SendRequest: Sendable {
    /// Digits, or a business-scoped user id such as `US.9001`.
    var to: String
    var from: String
    var clientRef: String?
    var content: Content

    /// Checks everything, so that one answer names every fault. Unknown keys are passed over, as the vendor does.
    static func read(_ body: JSONValue) -> Result<SendRequest, InvalidParameters> {
        var inspection = Inspection(body: body)
        inspection.require(body["channel"]?.string == "whatsapp", "channel", "must be whatsapp")
        let to = inspection.address("to", isAllowed: { isNumber($0) || isScopedID($0) })
        let from = inspection.address("from", isAllowed: isNumber)
        let clientRef = inspection.optionalText("client_ref", atMost: 100)
        if let context = body["context"] {
            inspection.require(context["message_uuid"]?.string != nil, "context.message_uuid", "must be a message id")
        }
        let content = inspection.content()
        guard inspection.faults.isEmpty, let to, let from, let content else { return .failure(.init(faults: inspection.faults)) }
        return .success(SendRequest(to: to, from: from, clientRef: clientRef, content: content))
    }

    /// 7 to 15 digits, without a plus sign and without 00.
    private static func isNumber(_ text: String) -> Bool {
        (7...15).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "0")
            && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// Two capital letters, a dot, then letters and digits.
    private static func isScopedID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (4...131).contains(bytes.count), bytes[2] == UInt8(ascii: ".") else { return false }
        return bytes[..<2].allSatisfy { (65...90).contains($0) }
            && bytes[3...].allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) }
    }
}

/// Every parameter that breaks a rule, and how; at least one.
struct InvalidParameters: Error, Hashable, Sendable {
    struct Fault: Hashable, Sendable {
        var name: String
        var reason: String
    }

    var faults: [Fault]
}

/// Reads the parts of a body and collects what is wrong with them.
private struct Inspection {
    let body: JSONValue
    var faults: [InvalidParameters.Fault] = []

    init(body: JSONValue) { self.body = body }

    mutating func require(_ isRight: Bool, _ name: String, _ reason: String) {
        if !isRight { faults.append(.init(name: name, reason: reason)) }
    }

    mutating func address(_ key: String, isAllowed: (String) -> Bool) -> String? {
        guard let text = body[key]?.string else {
            require(false, key, "is required")
            return nil
        }
        require(isAllowed(text), key, "must be a number in E.164 form without a leading + or 00")
        return text
    }

    mutating func optionalText(_ key: String, atMost limit: Int) -> String? {
        guard let value = body[key] else { return nil }
        let text = value.string
        require(text.map { $0.count <= limit } ?? false, key, "must be a string of at most \(limit) characters")
        return text
    }

    mutating func content() -> Content? {
        guard let kind = body["message_type"]?.string else {
            require(false, "message_type", "is required")
            return nil
        }
        switch kind {
        case "text": return text()
        case "template": return template()
        case "image", "audio", "video", "file", "sticker": return media(kind)
        case "custom": return custom()
        default:
            require(false, "message_type", "must be text, template, image, audio, video, file, sticker or custom")
            return nil
        }
    }

    private mutating func text() -> Content {
        let text = body["text"]?.string ?? ""
        require((1...4096).contains(text.count), "text", "must be a string of 1 to 4096 characters")
        return .text(text)
    }

    private mutating func template() -> Content {
        let name = body["template"]?["name"]?.string ?? ""
        require((1...1024).contains(name.count), "template.name", "is required, as namespace:name or name")
        let given = body["template"]?["parameters"]
        let parameters = given?.array?.compactMap(\.string) ?? []
        require(given == nil || given?.array?.count == parameters.count, "template.parameters", "must be an array of strings")
        let policy = body["whatsapp"]?["policy"]
        require(policy == nil || policy?.string == "deterministic", "whatsapp.policy", "must be deterministic")
        let locale = body["whatsapp"]?["locale"]?.string ?? ""
        require(Self.isLocale(locale), "whatsapp.locale", "is required, such as en or en_GB")
        return .template(name: name, locale: locale, parameters: parameters)
    }

    /// `lt`, `fil`, `en_GB`; older pages of the vendor write `en-GB`.
    private static func isLocale(_ text: String) -> Bool {
        let parts = text.split(whereSeparator: { $0 == "_" || $0 == "-" })
        return (1...2).contains(parts.count) && (2...7).contains(text.utf8.count)
            && text.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95 }
    }

    private mutating func media(_ kind: String) -> Content {
        let object = body[kind]
        let url = object?["url"]?.string ?? ""
        let isStored = kind == "sticker" && object?["id"]?.string != nil
        let isLink = (10...2000).contains(url.count) && (url.hasPrefix("https://") || url.hasPrefix("http://"))
        require(isLink || isStored, "\(kind).url", "must be a link of 10 to 2000 characters")
        let caption = object?["caption"]?.string
        require((caption?.count ?? 0) <= 1024, "\(kind).caption", "must be at most 1024 characters")
        return .media(kind: kind, url: isStored ? "sticker" : url, caption: caption)
    }

    private mutating func custom() -> Content {
        let kind = body["custom"]?["type"]?.string ?? ""
        require(!kind.isEmpty, "custom.type", "is required")
        return .custom(kind: kind)
    }
}
