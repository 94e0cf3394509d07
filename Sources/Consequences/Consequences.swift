package import Channels
package import Core
package import Messages
package import Profiles
package import Storage
package import WhatsApp

/// What a failure leaves behind beyond its own message, by its disposition alone (`providers.md` 1.3), whether the
/// provider answered with it or reported it later: a number that cannot be reached, an opt-out, a held template, a halted
/// or slowed channel. Everything may be repeated.
package struct Consequences: Sendable {
    /// A failure and the message that it is about.
    package struct Failed: Sendable {
        package let message: MessageRecord
        package let failure: SendFailure
        package let at: Timestamp

        package init(_ message: MessageRecord, _ failure: SendFailure, at: Timestamp) {
            (self.message, self.failure, self.at) = (message, failure, at)
        }
    }

    private let channels: ChannelStore
    private let templates: TemplateStore
    private let consent: ConsentStore
    private let trouble = NumberTrouble()

    package init(channels: ChannelStore, templates: TemplateStore, consent: ConsentStore) {
        (self.channels, self.templates, self.consent) = (channels, templates, consent)
    }

    /// Lets each failure take effect, in order.
    package func apply(_ failures: [Failed], at now: Timestamp, in session: any SQLSession) throws {
        for failed in failures { try apply(failed, at: now, in: session) }
    }

    private func apply(_ failed: Failed, at now: Timestamp, in session: any SQLSession) throws {
        let (message, failure) = (failed.message, failed.failure)
        switch failure.disposition {
        case .optOut: try optOut(failed, in: session)
        case .unreachable:
            guard let phone = message.phone else { break }
            try trouble.strike(
                phone, isVague: failure.isVague, code: failure.code, at: failed.at, account: message.accountID, in: session)
        case .holdTemplate: try templates.hold(message.templateID, for: failure, since: failed.at, at: now, in: session)
        case .haltChannel: try channels.hold(message.channelID, for: failure, since: failed.at, at: now, in: session)
        case .slowChannel: try channels.slow(message.channelID, at: failed.at, in: session)
        case .retry, .delayRecipient, .reject: break
        }
        guard let pause = failure.marketingPause, let phone = message.phone else { return }
        try trouble.quiet(phone, for: pause, code: failure.code, at: failed.at, account: message.accountID, in: session)
    }

    /// Something reached these people: their numbers work.
    package func reached(_ messages: some Sequence<MessageRecord>, in session: any SQLSession) throws {
        for (account, group) in Dictionary(grouping: messages, by: \.accountID) {
            try trouble.clear(Set(group.compactMap(\.phone)), account: account, in: session)
        }
    }

    /// Something came from this number: it works.
    package func heard(from phone: PhoneNumber, account: AccountID, in session: any SQLSession) throws {
        try trouble.clear([phone], account: account, in: session)
    }

    /// A person who opted out at the provider has opted out here, too, unless they opted in again since.
    private func optOut(_ failed: Failed, in session: any SQLSession) throws {
        let change = ConsentChange(
            profileID: failed.message.profileID, granted: false, occurredAt: failed.at, source: "provider",
            evidence: ["message": .string("\(failed.message.id)"), "code": .string(failed.failure.code)])
        try consent.record([change], account: failed.message.accountID, in: session)
    }
}
