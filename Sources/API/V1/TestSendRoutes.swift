import Accounts
package import Campaigns
import Channels
import Core
package import Delivery
package import Hummingbird
import Messages
import Profiles
package import WebSupport
import WhatsApp

/// `/api/v1/campaigns/{id}/test`: the campaign's message for a few people, at once.
package struct TestSendRoutes: Sendable {
    private let messages: TestMessages
    private let sender: TestSender

    package init(messages: TestMessages, sender: TestSender) { (self.messages, self.sender) = (messages, sender) }

    package func add(to group: RouterGroup<KeyContext>) { group.post("campaigns/:campaign/test", use: send) }

    /// `{to: {identity | email | objectId | profile_id} | "test_profiles", variant?, event?}`, answered person by person.
    @Sendable private func send(_ request: Request, context: KeyContext) async throws -> Response {
        let wish = try TestMessages.Wish(json: try await request.json(upTo: V1.bodyLimit))
        let (messages, channel) = try await messages.messages(of: try context.campaignID, account: context.account.id, wish)
        var results: [JSONValue] = []
        for message in messages { results.append(message.json(await outcome(of: message, over: channel))) }
        return .json(["results": .array(results)])
    }

    private func outcome(of message: TestMessage, over channel: Channel) async -> SendOutcome? {
        guard let ready = message.ready else { return nil }
        return await sender.send(message.template, ready.values, to: ready.recipient, over: channel)
    }
}

extension TestMessage {
    /// - Parameter outcome: nil when nothing was sent.
    fileprivate func json(_ outcome: SendOutcome?) -> JSONValue {
        var members: [String: JSONValue] = [
            "profile_id": .int(person.id.rawValue), "identity": JSONValue(text: person.identity),
            "template": .string(template.name.description), "language": .string(template.language),
        ]
        members["values"] = ready.map { .array($0.values.map(JSONValue.string)) }
        return .object(members.merging(outcome?.members ?? ["outcome": "not_sent", "code": JSONValue(text: reason?.rawValue)]) { $1 })
    }
}

extension SendOutcome {
    fileprivate var members: [String: JSONValue] {
        switch self {
        case .accepted(let acceptance): ["outcome": "accepted", "provider_message_id": JSONValue(text: acceptance.providerMessageID)]
        case .refused(let failure):
            [
                "outcome": "refused", "code": .string(failure.code), "message": .string(failure.summary),
                "disposition": .string(failure.disposition.rawValue),
            ]
        case .unknown(let code, let summary): ["outcome": "unknown", "code": .string(code), "message": .string(summary)]
        }
    }
}
