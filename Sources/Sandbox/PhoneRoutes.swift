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
        let (content, quoted) = try Reply.read(try await request.json())
        let notice = try world.attempt { (state) throws(InputError) in
            try state.reply(content, from: number, quoting: quoted, through: courier.wires)
        }
        courier.dispatch(notice)
        return Response(["message_uuid": JSONValue(notice.message?.id.description)], status: .accepted)
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
            "quoted": JSONValue(message.quoted?.id.description), "vendor": .string(message.vendor.rawValue),
        ]
    }
}
