import Core
import Profiles
import Storage
import ZoneTime

/// When a one-time campaign reaches each person: at once for all, or when it is the start's hour where they live.
struct PersonalStarts {
    private let common: Timestamp
    /// Nil when all get it at once.
    private let wall: LocalDateTime?
    private let passed: PassedHour
    private let zones: [ProfileID: ZoneChoice]
    private let account: Zone

    /// How much later than its hour a campaign may begin without having missed it.
    private static let tolerance = Duration.seconds(60)

    init(
        of campaign: Campaign, frame: CampaignFrame, began: Timestamp, homes: PeopleZones, people: [ProfileID],
        in session: any SQLSession
    ) throws {
        (common, account) = (began, frame.zone)
        guard case .person(let passed) = campaign.definition.when.clock else {
            (wall, self.passed, zones) = (nil, .drop, [:])
            return
        }
        // The hour that was asked for, not the one at which the server came round to it.
        wall = frame.zone.local(of: campaign.startAt ?? began)
        self.passed = passed
        zones = try homes.choices(for: people, of: campaign.accountID, else: frame.zone, in: session)
    }

    /// - Returns: when it is due, and whether its hour had passed before the campaign began.
    func start(for person: ProfileID) -> (at: Timestamp, isMissed: Bool) {
        guard let wall else { return (common, false) }
        let zone = zones[person]?.zone ?? account
        let time = zone.timestamp(of: wall)
        guard time < common - Self.tolerance else { return (time, false) }
        switch passed {
        case .drop: return (time, true)
        case .nextDay: return (zone.timestamp(day: wall.day.adding(days: 1), time: wall.time), false)
        }
    }
}
