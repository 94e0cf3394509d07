import Core
import Hummingbird

/// The phones as JSON, and what their owners write.
struct PhoneRoutes: Sendable {
    let world: World
    let courier: Courier

    func add(to router: Router<SandboxContext>) {
        router.get("sandbox/phones", use: list).get("sandbox/phones/:number", use: show)
        router.post("sandbox/phones/:number/reply", use: reply)
    }

    @Sendable private func list(_ request: Request, context: SandboxContext) throws -> Response {
        let limit = try request.count("limit", default: 100, in: 1...10_000)
        let (numbers, total) = world.with { ($0.phones.newest(limit), $0.phones.count) }
        let phones = numbers.map { number -> JSONValue in
            ["number": .string(number), "name": .string(PersonName.of(number))]
        }
        return Response(["phones": .array(phones), "total": .int(Int64(total))])
    }

    /// The chat, oldest first, at most the newest 1,000 messages.
    @Sendable private func show(_ request: Request, context: SandboxContext) throws -> Response {
        let number = try context.parameters.require("number")
        let chat = world.with { $0.phones.chat(with: number, limit: 1000) }
        guard !chat.isEmpty else { throw InputError(.notFound, code: "unknown_phone", "no message was exchanged with this number") }
        return Response([
            "number": .string(number), "name": .string(PersonName.of(number)), "messages": .array(chat.reversed().map(\.json)),
        ])
    }

    /// Posts to the inbound callback; the answer does not wait for it.
    @Sendable private func reply(_ request: Request, context: SandboxContext) async throws -> Response {
        let number = try context.parameters.require("number")
        let (content, quoted) = try Self.read(try await request.json())
        let notice = try world.attempt { (state) throws(InputError) in try state.reply(content, from: number, quoting: quoted) }
        courier.dispatch(notice)
        return Response(["message_uuid": .string(notice.message.id.description)], status: .accepted)
    }

    /// Reads `{text | button | media, payload?, caption?, to_message?}`: exactly one of the first three. `button` is the
    /// label of the tapped button and its payload, unless `payload` says otherwise; `media` is the address of an image.
    static func read(_ json: JSONValue) throws(InputError) -> (Content, quoted: MessageUUID?) {
        let members = try json.members(allowing: ["text", "button", "media", "payload", "caption", "to_message"])
        let quoted = try members.optionalText("to_message", 1...100).map(Self.id)
        let text = try members.optionalText("text", 1...16_384)
        let button = try members.optionalText("button", 1...1024)
        let media = try members.optionalText("media", 1...2000)
        switch (text, button, media) {
        case (let text?, nil, nil): return (.text(text), quoted)
        case (nil, let label?, nil):
            return (.button(text: label, payload: try members.optionalText("payload", 1...1024) ?? label), quoted)
        case (nil, nil, let url?):
            return (.media(kind: "image", url: url, caption: try members.optionalText("caption", 1...4096)), quoted)
        default: throw InputError(code: "invalid_reply", "a reply has exactly one of text, button and media")
        }
    }

    private static func id(_ text: String) throws(InputError) -> MessageUUID {
        guard let id = MessageUUID(text) else {
            throw InputError(code: "invalid_to_message", field: "to_message", "to_message is the message_uuid of a message")
        }
        return id
    }
}

extension PhoneBook.Bubble {
    fileprivate var json: JSONValue {
        [
            "message_uuid": .string(message.id.description),
            "from": .string(message.direction == .toPhone ? message.business : message.phone), "account": .string(message.account),
            "at": .string(message.at.iso8601(fraction: true)),
            "client_ref": JSONValue(message.clientRef), "status": .string(stage.rawValue),
            "message_type": JSONValue(content?.messageType), "template": JSONValue(content?.template),
            "parameters": .array(content?.parameters.map(JSONValue.string) ?? []), "text": JSONValue(content?.text),
            "quoted": JSONValue(message.quoted?.id.description),
        ]
    }
}
