import Audience
import Core
import Profiles
import ZoneTime

extension ProfileDate {
    /// Tells the waits of a person's own date apart from those that events begin.
    static let key = "profile_date"

    /// One time that the date comes round.
    struct Occasion: Hashable {
        /// The day of the date itself, which stands for the run in the send key.
        let day: Day
        let due: Timestamp
    }

    /// The first occasion that is due after a moment; nil when the person has no such date, or it is past and does not come
    /// back.
    func next(for person: Profile, after moment: Timestamp, in zone: Zone) -> Occasion? {
        occasions(for: person, around: moment, in: zone).first { $0.due > moment }
    }

    /// The occasion that is due at exactly this moment; nil when the person's date is another by now.
    func occasion(of person: Profile, dueAt due: Timestamp, in zone: Zone) -> Occasion? {
        occasions(for: person, around: due, in: zone).first { $0.due == due }
    }

    /// In order of time. The offset may reach into the year before or after.
    private func occasions(for person: Profile, around moment: Timestamp, in zone: Zone) -> [Occasion] {
        guard let date = person.property(property)?.string.flatMap(Timestamp.init(propertyDate:)) else { return [] }
        let local = zone.local(of: date)
        guard isYearly else { return [Occasion(day: local.day, due: offset.due(for: date, in: zone))] }
        let year = Int(zone.local(of: moment).day.date.year)
        return (year - 1...year + 2).map { year in
            let day = local.day.anniversary(in: year)
            return Occasion(day: day, due: offset.due(for: zone.timestamp(day: day, time: local.time), in: zone))
        }
    }
}
