package import Channels
package import Consequences
package import Core
package import Logging
package import Messages
package import Profiles
package import Storage
package import WhatsApp

/// What the pumps share.
package struct SendingContext: Sendable {
    let engine: any SQLEngine
    let ledger: MessageLedger
    let channels: ChannelStore
    let templates: TemplateStore
    let consent: ConsentStore
    let addresses: WhatsAppAddresses
    let zones: PeopleZones
    let consequences: Consequences
    let providers: ProviderList
    let client: ProviderClient
    let settings: DeliverySettings
    /// Raised when messages were planned.
    let wake: Signal
    let clock: WallClock
    let random: Randomness
    let logger: Logger

    package init(
        engine: any SQLEngine, ledger: MessageLedger, channels: ChannelStore, templates: TemplateStore, consent: ConsentStore,
        addresses: WhatsAppAddresses, zones: PeopleZones, consequences: Consequences, providers: ProviderList, client: ProviderClient,
        settings: DeliverySettings, wake: Signal, clock: WallClock,
        random: Randomness, logger: Logger
    ) {
        (self.engine, self.ledger, self.channels, self.templates) = (engine, ledger, channels, templates)
        (self.consent, self.addresses, self.zones, self.consequences) = (consent, addresses, zones, consequences)
        (self.providers, self.client, self.settings) = (providers, client, settings)
        (self.wake, self.clock, self.random, self.logger) = (wake, clock, random, logger)
    }
}
