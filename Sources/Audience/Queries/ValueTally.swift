package import Core
import Profiles

/// How often each value of a property occurs. Texts, numbers, booleans and dates are kept apart; a list counts with each of its
/// texts. No more than `limit` different values are in memory: what comes new after that is counted together, as `surplus`.
package struct ValueTally: Sendable {
    /// The kinds that CleverTap's answers name.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case text = "STR"
        case number = "NUMBER"
        case flag = "BOOL"
        case date = "DATE"
    }

    private let limit: Int
    private var texts: [Kind: [String: Int]] = [:]
    private var numbers: [Double: Int] = [:]
    private var size = 0
    /// Of values that had no room.
    package private(set) var surplus = 0

    package init(limit: Int = 100_000) { self.limit = limit }

    package mutating func add(_ value: JSONValue?) {
        switch value {
        case nil, .null, .object: return
        case .array(let parts): for part in parts { add(part) }
        case .bool(let flag): add(flag ? "true" : "false", .flag)
        case .int(let number): add(Double(number))
        case .double(let number): add(number)
        case .string(let text): add(text, Timestamp(propertyDate: text) == nil ? .text : .date)
        }
    }

    private mutating func add(_ text: String, _ kind: Kind) {
        guard texts[kind]?[text] != nil || hasRoom() else { return }
        texts[kind, default: [:]][text, default: 0] += 1
    }

    private mutating func add(_ number: Double) {
        guard numbers[number] != nil || hasRoom() else { return }
        numbers[number, default: 0] += 1
    }

    private mutating func hasRoom() -> Bool {
        guard size < limit else {
            surplus += 1
            return false
        }
        size += 1
        return true
    }

    /// The values that occur most, or least, by kind; equal ones in the order of their texts. Numbers are put into at most ten
    /// ranges of one width, unless there are no more than `count` different ones.
    package func top(_ count: Int, least: Bool = false) -> [Kind: [(value: String, count: Int)]] {
        var result = texts.mapValues { Self.first(count, of: $0, least) }
        if !numbers.isEmpty { result[.number] = Self.first(count, of: ranges(count), least) }
        return result
    }

    private static func first(_ count: Int, of counts: [String: Int], _ least: Bool) -> [(value: String, count: Int)] {
        let sorted = counts.sorted { a, b in
            guard a.value != b.value else { return a.key < b.key }
            return least ? a.value < b.value : a.value > b.value
        }
        return sorted.prefix(count).map { ($0.key, $0.value) }
    }

    private func ranges(_ count: Int) -> [String: Int] {
        guard numbers.count > count, let low = numbers.keys.min(), let high = numbers.keys.max() else {
            return Dictionary(uniqueKeysWithValues: numbers.map { (Self.text($0.key), $0.value) })
        }
        let width = Self.width(high - low)
        var counts: [String: Int] = [:]
        for (number, times) in numbers {
            let start = (number / width).rounded(.down) * width
            counts["\(Self.text(start))-\(Self.text(start + width))", default: 0] += times
        }
        return counts
    }

    /// The least of 1, 2 and 5 times a power of ten of which nine cover the span.
    private static func width(_ span: Double) -> Double {
        var power = 1e-6
        while power * 10 * 9 < span { power *= 10 }
        return [1, 2, 5].map { $0 * power }.first { $0 * 9 >= span } ?? 10 * power
    }

    private static func text(_ number: Double) -> String { Measure.number((number * 1e6).rounded() / 1e6).json.text }
}

/// A property whose values are counted.
package enum CountedProperty: Hashable, Sendable {
    /// Of the events; each event counts.
    case event(String)
    /// Of the people who did one of the events; each person counts once.
    case profile(String)
}

extension EventFinder {
    /// How often the values of some properties occur, by property.
    package func values(
        of properties: Set<CountedProperty>, _ query: EventQuery, of account: AccountID
    ) async throws -> [CountedProperty: ValueTally] {
        let moment = try await finder.moment(of: account)
        var tallies = Dictionary(uniqueKeysWithValues: properties.map { ($0, ValueTally()) })
        var people = PeopleSet()
        let ofEvents = properties.compactMap { property in
            if case .event(let name) = property { (property, name) } else { nil }
        }
        try await forEach(query, of: account, at: moment) { event in
            for (property, name) in ofEvents { tallies[property]?.add(event.properties[name]) }
            people.insert(event.place.profile)
        }
        if ofEvents.count < properties.count { try await add(people, account, to: &tallies) }
        return tallies
    }

    private func add(_ people: PeopleSet, _ account: AccountID, to tallies: inout [CountedProperty: ValueTally]) async throws {
        var last: ProfileID?
        while true {
            let page = people.page(after: last, upTo: 1000)
            guard let end = page.last else { return }
            last = end
            let profiles = try await finder.profiles(page, of: account)
            for case (.profile(let name), _) in tallies {
                for profile in profiles { tallies[.profile(name)]?.add(profile.property(name)) }
            }
        }
    }
}
