import Core
import ZoneTime

extension InputObject {
    /// A whole number; nil when the member is missing.
    func wholeIfPresent(_ key: String, in range: ClosedRange<Int>) throws(InputError) -> Int? {
        guard let value = self[key] else { return nil }
        guard let number = value.int.flatMap(Int.init(exactly:)), range.contains(number) else {
            throw error(key, "\(key) must be a whole number \(range.words).")
        }
        return number
    }

    func whole(_ key: String, in range: ClosedRange<Int>) throws(InputError) -> Int {
        guard let number = try wholeIfPresent(key, in: range) else {
            throw error(key, "\(key) is missing; it is a whole number \(range.words).")
        }
        return number
    }

    /// One of the words of a type; `fallback` when the member is missing.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ key: String, default fallback: Word) throws(InputError) -> Word {
        guard let value = self[key] else { return fallback }
        guard let word = value.string.flatMap(Word.init(rawValue:)) else {
            throw error(key, "\(key) is one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return word
    }

    /// A length of time, such as `{"minutes": 30}`.
    /// - Parameter longest: what the length may come to, named by `words`.
    func length(
        _ key: String, _ units: [TimeUnit], from shortest: Duration, to longest: Duration, words: String
    ) throws(InputError) -> Span {
        let span = try Span(self[key] ?? .null, path: field(key), code: "invalid_campaign", units: units)
        guard (shortest...longest).contains(span.length) else { throw error(key, "\(key) must be \(words).") }
        return span
    }
}

extension Span {
    /// How long it is where the clocks are not changed, months having 30 days and years 365.
    package var length: Duration { .seconds(amount * unit.seconds) }
}

extension TimeUnit {
    fileprivate var seconds: Int {
        switch self {
        case .seconds: 1
        case .minutes: 60
        case .hours: 3600
        case .days: 86_400
        case .weeks: 7 * 86_400
        case .months: 30 * 86_400
        case .years: 365 * 86_400
        }
    }
}

extension ClosedRange<Int> {
    fileprivate var words: String { upperBound == .max ? "of at least \(lowerBound)" : "from \(lowerBound) to \(upperBound)" }
}
