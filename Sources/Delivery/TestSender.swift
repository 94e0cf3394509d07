package import Channels
package import Core
package import WhatsApp

/// Sends single messages at once that nobody counts: tests of a campaign's message. Neither the ledger nor a channel's pace
/// hears of them, and a held channel is tried all the same, because the answer is what the test is for. Receipts that come for
/// them are about messages that the ledger does not know, and are left aside.
package struct TestSender: Sendable {
    private let providers: ProviderList
    private let client: ProviderClient
    private let ids: IDMaker
    private let clock: WallClock

    package init(context: SendingContext, ids: IDMaker) {
        (providers, client, clock, self.ids) = (context.providers, context.client, context.clock, ids)
    }

    /// Makes one request, without another try.
    /// - Parameter values: what fills the template's slots, in their order.
    /// - Returns: what the provider said, without secrets.
    package func send(_ template: Template, _ values: [String], to recipient: Recipient, over channel: Channel) async -> SendOutcome {
        guard let provider = providers[channel.provider] else { return .unknownProvider }
        let message = OutboundMessage(id: ids.next(), to: recipient, content: .template(TemplateMessage(template, values)))
        do throws(SendFailure) {
            let request = try provider.request(for: message, over: channel.line, at: clock.now())
            return await client.send(request, as: provider, hiding: channel.line.credentials)
        } catch {
            return SendOutcome.refused(error).hiding(channel.line.credentials)
        }
    }
}

extension SendOutcome {
    static let unknownProvider = SendOutcome.refused(
        SendFailure(.haltChannel, code: "unknown_provider", summary: "No provider of this name is built in."))
}

extension TemplateMessage {
    /// A template of the table, with what fills its slots.
    init(_ template: Template, _ values: [String]) {
        self.init(
            name: template.name, hasNamespace: template.hasNamespace, language: template.language, content: template.content,
            values: values, providerID: template.providerID)
    }
}
