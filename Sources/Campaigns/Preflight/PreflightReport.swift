package import Core
package import Messages
import Profiles

/// What a campaign would do if it began now.
package struct PreflightReport: Hashable, Sendable {
    /// People who have something in common, and some of them to look at.
    package struct Group: Hashable, Sendable {
        package var people = 0
        /// The first ones, 5 at most.
        package var samples: [Sample] = []
    }

    package struct Sample: Hashable, Sendable {
        package let id: ProfileID
        package let identity: String?
        package let name: String?
    }

    /// Everybody who fits. Those who get the message, those in a control group and those left out for a reason make the sum.
    package var people = 0
    package var willGet = 0
    package var control = Group()
    package var reasons: [Reason: Group] = [:]
    /// Of those who get one how many get which message, by the variant's name, else by template and language.
    package var perMessage: [String: Int] = [:]
    /// How many of those who get it have to wait until their quiet hours end.
    package var waiting = 0
    /// The time that the channel and the throttle need at least.
    package var seconds = 0.0
    /// The same in days, where the channel has a limit of people a day.
    package var days: Int?
    /// What would keep it from sending for now.
    package var holds: [CampaignHold] = []
    /// The safety limit that more people fit than it allows.
    package var exceeded: Int?
    /// Whether the figures are about whoever would trigger a live campaign today; how many will is not known.
    package var isLive = false

    package static let sampleLimit = 5
}

extension PreflightReport {
    mutating func add(_ fate: Qualification.Fate, of person: Profile, message: String, waits: Bool) {
        switch fate {
        case .planned:
            willGet += 1
            perMessage[message, default: 0] += 1
            if waits { waiting += 1 }
        case .control: control.add(person)
        case .excluded(let reason): reasons[reason, default: Group()].add(person)
        }
        people += 1
    }
}

extension PreflightReport.Group {
    fileprivate mutating func add(_ person: Profile) {
        people += 1
        guard samples.count < PreflightReport.sampleLimit else { return }
        let name = person.property(ProfileField.name)?.string
        samples.append(PreflightReport.Sample(id: person.id, identity: person.identity, name: name))
    }
}
