import Audience
import Core
import ZoneTime

/// What a rule means, person by person, in the plainest words there are.
struct NaiveModel {
    let history: History
    let members: [Int64: Set<Int64>]

    func people(_ rule: AudienceRule) -> Set<Int64> { Set(history.people.filter { fits($0, rule) }.map(\.id)) }

    func fits(_ person: History.Person, _ rule: AudienceRule) -> Bool {
        switch rule {
        case .all(let parts):
            for part in parts where !fits(person, part) { return false }
            return true
        case .any(let parts):
            for part in parts where fits(person, part) { return true }
            return false
        case .not(let part): return !fits(person, part)
        case .event(let event): return fits(person, event)
        case .property(let filter): return passes(property(filter.name, of: person), filter.test)
        case .reach(let test): return reaches(person, test)
        case .bucket(let range): return range.contains(StableDraw.bucket.bucket(of: ProfileID(rawValue: person.id)))
        case .segment(let id): return members[id.rawValue]?.contains(person.id) ?? false
        }
    }

    private func property(_ name: String, of person: History.Person) -> JSONValue? {
        switch name {
        case "Email": person.email.map { .string($0) }
        case "Phone": person.phone.map { .string("+" + History.phone($0)) }
        case "MSG-whatsapp": .bool(person.isOptedIn)
        case "objectId": .string("o\(person.id)")
        case "Identity": nil
        default: person.properties[name]
        }
    }

    private func reaches(_ person: History.Person, _ test: ReachTest) -> Bool {
        switch test {
        case .hasEmail: return person.email != nil
        case .hasPhone: return person.phone != nil
        case .optedIn: return person.isOptedIn
        case .unsubscribed: return !person.isOptedIn && person.saidAt != nil
        case .reachable:
            guard person.isOptedIn else { return false }
            guard let phone = person.phone else { return person.userID != nil }
            return !history.blocked.contains(phone) && !history.unreachable.contains(phone)
        }
    }

    private func fits(_ person: History.Person, _ rule: EventRule) -> Bool {
        var counting = person.deeds.filter { deed in
            folded(deed.name) == folded(rule.event) && deed.at <= History.now
                && rule.filters.allSatisfy { passes(deed.properties[$0.name], $0.test) } && isInHours(deed.at, rule.hours)
        }
        if rule.pick == .every {
            counting = counting.filter { isInside($0.at, rule.window) }
        } else if !counting.isEmpty {
            let times = counting.map(\.at)
            let time = rule.pick == .first ? times.min()! : times.max()!
            let best = counting.filter { $0.at == time }.max { amount($0, rule) < amount($1, rule) }!
            counting = isInside(time, rule.window) ? [best] : []
        }
        if counting.isEmpty { return rule.includesNever && holds(0, rule.test) }
        let sum = counting.reduce(0) { $0 + amount($1, rule) } / 1_000_000
        switch rule.measure {
        case .count: return holds(Double(counting.count), rule.test)
        case .sum: return holds(sum, rule.test)
        case .average: return holds(sum / Double(counting.count), rule.test)
        }
    }

    /// In millionths.
    private func amount(_ deed: History.Deed, _ rule: EventRule) -> Double {
        switch rule.measure {
        case .count: 0
        case .sum(let name), .average(let name): (min(number(deed.properties[name]) ?? 0, 1e24) * 1_000_000).rounded()
        }
    }

    private func holds(_ value: Double, _ test: NumberTest) -> Bool {
        switch test {
        case .equals(let wanted): value == wanted
        case .notEquals(let wanted): value != wanted
        case .compare(let comparison, let bound): compare(value, comparison, bound)
        case .between(let low, let high): value >= low && value <= high
        }
    }

    private func compare(_ value: Double, _ comparison: Comparison, _ bound: Double) -> Bool {
        switch comparison {
        case .greaterThan: value > bound
        case .greaterThanEquals: value >= bound
        case .lessThan: value < bound
        case .lessThanEquals: value <= bound
        }
    }

    private func folded(_ name: String) -> String { name.lowercased().filter { $0 != " " } }

    /// The day and second of the day in the account's zone.
    private func local(_ time: Int64) -> (day: Int64, second: Int64) {
        let seconds = floor(time, 1_000_000) + History.offset
        return (floor(seconds, 86_400), seconds - floor(seconds, 86_400) * 86_400)
    }

    private func floor(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : -((-a + b - 1) / b) }

    private func isInHours(_ time: Int64, _ hours: HoursFilter?) -> Bool {
        guard let hours else { return true }
        let (day, second) = local(time)
        return hours.weekdays.contains(Int((day + 3) % 7) + 1) && hours.minutes.contains { $0.contains(Int(second / 60)) }
    }

    private func isInside(_ time: Int64, _ window: TimeWindow) -> Bool {
        let (day, today) = (local(time).day, local(History.now).day)
        switch window {
        case .ever: return true
        case .today: return day == today
        case .last(let count, .hours): return time >= History.now - Int64(count) * 3_600_000_000 && time <= History.now
        case .last(let count, .days): return day >= today - Int64(count) && time <= History.now
        case .daysAgo(let range): return day >= today - Int64(range.upperBound) && day <= today - Int64(range.lowerBound)
        case .days(let from, let to): return (from.map { day >= $0.number } ?? true) && (to.map { day <= $0.number } ?? true)
        default: fatalError("the rules of this test have no such window")
        }
    }
}

// Values.
extension NaiveModel {
    func passes(_ value: JSONValue?, _ test: PropertyTest) -> Bool {
        let parts: [JSONValue] =
            switch value {
            case nil, .null: []
            case .array(let parts): parts
            case .some(let single): [single]
            }
        let isThere = value != nil && value != .null
        switch test {
        case .exists: return isThere
        case .doesNotExist: return !isThere
        case .equals(let wanted): return parts.contains { part in wanted.contains { isSame(part, $0) } }
        case .notEquals(let wanted): return !parts.contains { part in wanted.contains { isSame(part, $0) } }
        case .contains(let wanted): return parts.contains { part in wanted.contains { part.string?.contains($0) ?? false } }
        case .doesNotContain(let wanted): return !parts.contains { part in wanted.contains { part.string?.contains($0) ?? false } }
        case .compare(let comparison, let bound): return parts.contains { compare($0, comparison, bound) }
        case .between(let low, let high):
            return parts.contains { compare($0, .greaterThanEquals, low) && compare($0, .lessThanEquals, high) }
        case .within(let window): return parts.contains { date($0).map { isInside($0, window) } ?? false }
        }
    }

    private func compare(_ value: JSONValue, _ comparison: Comparison, _ bound: Measure) -> Bool {
        switch bound {
        case .number(let bound): number(value).map { compare($0, comparison, bound) } ?? false
        case .date(let bound): date(value).map { compare(Double($0), comparison, Double(bound.microseconds)) } ?? false
        }
    }

    private func date(_ value: JSONValue) -> Int64? {
        guard let text = value.string, text.hasPrefix("$D_") else { return nil }
        return Int64(text.dropFirst(3)).map { $0 * 1_000_000 }
    }

    private func number(_ value: JSONValue?) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .double(let number): number
        case .string(let text): text.contains { !"0123456789+-.eE".contains($0) } ? nil : Double(text)
        default: nil
        }
    }

    private func isSame(_ a: JSONValue, _ b: JSONValue) -> Bool {
        switch (a, b) {
        case (.int(let a), .int(let b)): return a == b
        case (.bool(let a), .bool(let b)): return a == b
        case (.bool(let flag), .string(let text)), (.string(let text), .bool(let flag)): return text == "\(flag)"
        case (.bool, _), (_, .bool): return false
        case (.string(let a), .string(let b)): return a == b
        default: return number(a) != nil && number(a) == number(b)
        }
    }
}
