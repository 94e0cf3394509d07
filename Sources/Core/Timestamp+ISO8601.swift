extension Timestamp {
    /// The seconds of the years 0000 to 9999 in UTC, which is all that has a form in ISO 8601.
    package static let writableSeconds: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

    /// `2026-11-02T10:00:00Z`, with `.123456` before the Z when `fraction` is asked for.
    package func iso8601(fraction: Bool = false) -> String {
        let (seconds, micros) = microseconds.flooredDivision(by: 1_000_000)
        let (days, rest) = seconds.flooredDivision(by: 86_400)
        let date = Self.civil(fromDays: days)
        var text = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
        text += "T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
        if fraction { text += ".\(padded(micros, 6))" }
        return text + "Z"
    }

    /// Reads `2026-11-02T10:00:00Z`, with or without a fraction, with `Z` or an offset such as `+05:30`.
    /// Nil when the zone is missing, a field is out of its range, or the year in UTC is not one of 0000 to 9999.
    package init?(iso8601 text: String) {
        var scanner = Scanner(text.utf8)
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
            let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2), scanner.skip(":"),
            let second = scanner.digits(2), (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
            hour < 24, minute < 60, second < 61,
            let fraction = scanner.fraction(), let offset = scanner.zone(), scanner.isAtEnd
        else { return nil }
        let seconds = Self.days(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second - offset
        guard Self.writableSeconds.contains(seconds) else { return nil }
        microseconds = seconds * 1_000_000 + fraction
    }

    /// Days since 1970 of a date of the Gregorian calendar (Howard Hinnant's `days_from_civil`).
    package static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = y.flooredDivision(by: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The date of a day since 1970.
    package static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let realMonth = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (realMonth <= 2 ? 1 : 0), realMonth, day)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        let next = month == 12 ? days(year: year + 1, month: 1, day: 1) : days(year: year, month: month + 1, day: 1)
        return next - days(year: year, month: month, day: 1)
    }
}

private func padded(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}

private struct Scanner {
    var rest: Substring.UTF8View

    init(_ text: String.UTF8View) { rest = text[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(character.value) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digits(_ count: Int) -> Int64? {
        guard rest.count >= count else { return nil }
        var number: Int64 = 0
        for byte in rest.prefix(count) {
            guard (48...57).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - 48)
        }
        rest.removeFirst(count)
        return number
    }

    /// The microseconds of an optional fraction; digits past the sixth are dropped.
    mutating func fraction() -> Int64? {
        guard skip(".") || skip(",") else { return 0 }
        let digits = rest.prefix { (48...57).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest.removeFirst(digits.count)
        return (0..<6).reduce(0) { sum, place in
            sum * 10 + (place < digits.count ? Int64(digits[digits.index(digits.startIndex, offsetBy: place)] - 48) : 0)
        }
    }

    /// Seconds east of UTC.
    mutating func zone() -> Int64? {
        if skip("Z") || skip("z") { return 0 }
        let sign: Int64
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = digits(2), hours < 24 else { return nil }
        _ = skip(":")
        guard let minutes = digits(2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
