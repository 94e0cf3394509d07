package import Core

/// The zone that a person's times are read in, and how it was found, so that it can be counted.
package struct ZoneChoice: Hashable, Sendable {
    package enum Source: String, CaseIterable, Hashable, Sendable {
        /// The zone that the person's profile names.
        case own
        /// The zone of the country of the phone number.
        case number
        case account
    }

    package let zone: Zone
    package let source: Source

    package init(zone: Zone, source: Source) { (self.zone, self.source) = (zone, source) }
}

extension Zones {
    /// The first that is known: the named zone, the zone of the number's country, the account's.
    package func choice(name: String?, number: PhoneNumber?, account: Zone) -> ZoneChoice {
        if let zone = name.flatMap(zone(named:)) { return ZoneChoice(zone: zone, source: .own) }
        let country = number.flatMap(Self.name(ofNumber:))
        if let zone = country.flatMap(zone(named:)) { return ZoneChoice(zone: zone, source: .number) }
        return ZoneChoice(zone: account, source: .account)
    }
}
