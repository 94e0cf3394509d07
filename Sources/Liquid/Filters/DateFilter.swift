import Core

extension FilterCall {
    /// A value that is no moment stays as it is, and so does every value when the form is empty.
    func date(_ value: JSONValue) -> JSONValue {
        let form = textArgument(0)
        guard !form.isEmpty, let time = moment(value) else { return value }
        return .string(CalendarTime(time, offset: printer.offset(time)).text(form))
    }

    private func moment(_ value: JSONValue) -> Timestamp? {
        if let number = value.number { return Self.moment(seconds: number) }
        guard let text = value.string, text.utf8.count <= DateReader.limit else { return nil }
        if text == "now" || text == "today" { return now }
        if let time = Timestamp(propertyDate: text) ?? Timestamp(iso8601: text) { return time }
        if let number = Int64(text) { return Self.moment(seconds: Double(number)) }
        return DateReader(text).localSeconds.flatMap(fromLocal)
    }

    private static func moment(seconds: Double) -> Timestamp? {
        let whole = Number.clamped(seconds.rounded(.down))
        return Timestamp.writableSeconds.contains(whole) ? Timestamp(seconds: whole) : nil
    }

    /// The offset is asked for twice, since the first answer is for a moment that may lie behind a change of it.
    private func fromLocal(_ seconds: Int64) -> Timestamp? {
        guard Timestamp.writableSeconds.contains(seconds) else { return nil }
        let guess = Timestamp(seconds: seconds - Int64(printer.offset(Timestamp(seconds: seconds))))
        return Timestamp(seconds: seconds - Int64(printer.offset(guess)))
    }
}

/// Reads dates without a zone: `2023-05-29`, `2023-05-29 15:55`, `2023-05-29T15:55:00`, `May 29, 2023`, `29 May 2023`.
struct DateReader {
    /// Bytes; a longer text is no date.
    static let limit = 64

    private let words: [Substring]

    init(_ text: String) {
        words = text.split(maxSplits: 8) { $0 == " " || $0 == "," || $0 == "T" && text.first?.isNumber == true }
    }

    /// Seconds since 1970 as if the date were in UTC.
    var localSeconds: Int64? {
        guard let (days, rest) = numericDay ?? namedDay, let time = Self.seconds(of: rest) else { return nil }
        return days * 86_400 + time
    }

    private var numericDay: (Int64, ArraySlice<Substring>)? {
        guard let parts = words.first?.split(separator: "-", omittingEmptySubsequences: false), parts.count == 3, parts[0].count == 4,
            let days = Self.days(parts[0], Int64(parts[1]), parts[2])
        else { return nil }
        return (days, words.dropFirst())
    }

    private var namedDay: (Int64, ArraySlice<Substring>)? {
        guard words.count >= 3 else { return nil }
        let days =
            Self.days(words[2], Self.month(words[0]), words[1]) ?? Self.days(words[2], Self.month(words[1]), words[0])
        return days.map { ($0, words.dropFirst(3)) }
    }

    private static func month(_ word: Substring) -> Int64? {
        let place = CalendarTime.months.firstIndex { word.count >= 3 && $0.lowercased().hasPrefix(word.lowercased()) }
        return place.map { Int64($0 + 1) }
    }

    private static func days(_ year: Substring, _ month: Int64?, _ day: Substring) -> Int64? {
        guard let year = Int64(year), (0...9999).contains(year), let month, (1...12).contains(month), let day = Int64(day),
            (1...31).contains(day)
        else { return nil }
        let days = Timestamp.days(year: year, month: month, day: day)
        return Timestamp.civil(fromDays: days).month == month ? days : nil
    }

    /// Of `15:55` or `15:55:00`; 0 when there is none.
    private static func seconds(of rest: ArraySlice<Substring>) -> Int64? {
        guard let word = rest.first else { return 0 }
        let parts = word.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) ?? -1 }
        guard rest.count == 1, (2...3).contains(parts.count), (0..<24).contains(parts[0]),
            parts.dropFirst().allSatisfy({ (0..<60).contains($0) })
        else { return nil }
        return parts[0] * 3600 + parts[1] * 60 + (parts.count == 3 ? parts[2] : 0)
    }
}
