package import Profiles

/// What rules read people and events from.
package struct AudienceStores: Sendable {
    let profiles: ProfileStore
    let events: EventStore
    let consents: ConsentStore
    let slice: Int

    /// - Parameter slice: how many events are in memory at once, where a rule looks at their properties.
    package init(profiles: ProfileStore, events: EventStore, consents: ConsentStore, slice: Int = 20_000) {
        (self.profiles, self.events, self.consents, self.slice) = (profiles, events, consents, slice)
    }
}
