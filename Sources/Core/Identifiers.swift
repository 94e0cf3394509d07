/// A number that names one thing of one kind; ids of different kinds do not mix. Always positive.
package struct Identifier<Owner>: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// Reads the decimal form, as it stands in a path or a form. Nil for anything else, also for zero and below.
    package init?(_ text: some StringProtocol) {
        guard let number = Int64(text), number > 0 else { return nil }
        rawValue = number
    }

    package var description: String { String(rawValue) }

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The kinds of things that have ids. They exist as types only, to tell ids apart.
package enum Kinds {
    /// A business.
    package enum Account {}

    /// A person who signs in.
    package enum User {}

    /// A person who gets messages.
    package enum Profile {}

    /// Something a profile did.
    package enum Event {}

    /// A kind of event of one account.
    package enum EventName {}

    /// A sending number.
    package enum Channel {}

    /// A text that WhatsApp approved.
    package enum Template {}

    /// A saved rule that says who, or a list of people.
    package enum Segment {}

    /// A campaign.
    package enum Campaign {}

    /// A row of the send ledger.
    package enum Message {}

    /// A call of a provider, as it came.
    package enum RawWebhook {}

    /// Something a person wrote.
    package enum Inbound {}
}

package typealias AccountID = Identifier<Kinds.Account>
package typealias UserID = Identifier<Kinds.User>
/// Dense from 1 within the database, in commit order.
package typealias ProfileID = Identifier<Kinds.Profile>
/// Dense from 1 within the database, in commit order: a reader that has seen id n has seen every id below it.
package typealias EventID = Identifier<Kinds.Event>
package typealias EventNameID = Identifier<Kinds.EventName>
package typealias ChannelID = Identifier<Kinds.Channel>
package typealias TemplateID = Identifier<Kinds.Template>
package typealias SegmentID = Identifier<Kinds.Segment>
package typealias CampaignID = Identifier<Kinds.Campaign>
/// Made by the process, ordered by time. Goes to the provider as our reference and comes back in receipts.
package typealias MessageID = Identifier<Kinds.Message>
package typealias RawWebhookID = Identifier<Kinds.RawWebhook>
package typealias InboundID = Identifier<Kinds.Inbound>
