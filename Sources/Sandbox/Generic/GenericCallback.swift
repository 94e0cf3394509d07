import Core

/// The bodies of the generic callbacks.
enum GenericCallback {
    /// Nil for what this contract does not tell.
    static func body(_ notice: Notice) -> JSONValue? {
        switch notice {
        case .status(let status): self.status(status).map { ["payloadVersion": "0.1", "statuses": [$0]] }
        case .inbound(let inbound): message(inbound)
        case .template: nil
        }
    }

    private static func status(_ status: Notice.Status) -> JSONValue? {
        let words: [Journey.Step.Kind: String] = [.submitted: "sent", .delivered: "delivered", .read: "read", .failed: "failed"]
        guard let word = words[status.kind] else { return nil }
        var object: [String: JSONValue] = [
            "msgId": JSONValue(status.message.clientRef), "status": .string(word), "timestamp": .string(String(status.at.seconds)),
        ]
        if let failure = status.failure {
            let code = failure.code.flatMap { Int64($0) } ?? code(of: failure.mishap)
            object["error"] = ["code": .int(code), "title": .string(MetaCodes.detail(of: failure.mishap))]
        }
        return .object(object)
    }

    private static func code(of mishap: Mishap) -> Int64 {
        switch mishap {
        case .asTold: 1009
        case .unreachable: 1003
        case .optedOut: 1006
        case .marketingCap, .tierReached: 1010
        case .pairLimited: 1004
        case .templateUnknown, .templatePaused, .templateDisabled, .templateParameters: 1001
        }
    }

    private static func message(_ inbound: Notice.Inbound) -> JSONValue? {
        guard let (type, content) = content(inbound.content) else { return nil }
        let message = inbound.message
        var body: [String: JSONValue] = [
            "payloadVersion": "0.1", "from": .string(message.phone), "wabaNumber": .string(message.business),
            "timestamp": .string(String(message.at.seconds)), "type": .string(type), type: content,
        ]
        if let reference = message.quoted?.clientRef { body["context"] = ["id": .string(reference)] }
        return .object(body)
    }

    private static func content(_ content: Content) -> (type: String, JSONValue)? {
        switch content {
        case .text(let text), .button(let text, _): return ("text", ["body": .string(text)])
        case .list(let row): return ("text", ["body": .string(row.title)])
        case .media(let kind, let url, let caption):
            var object: [String: JSONValue] = ["mediaURL": .string(url), "mimetype": .string(MediaSample.type(of: kind))]
            if let caption { object["caption"] = .string(caption) }
            return (["document": "file", "sticker": "image", "voice": "audio"][kind] ?? kind, .object(object))
        case .location(let place):
            let degrees: [String: JSONValue] = ["latitude": .double(place.latitude), "longitude": .double(place.longitude)]
            return ("location", .object(place.texts.merging(degrees) { $1 }))
        case .template, .reaction, .contact, .unsupported, .interactive, .custom: return nil
        }
    }
}
