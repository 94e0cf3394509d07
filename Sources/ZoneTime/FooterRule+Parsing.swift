extension FooterRule {
    /// Nil when the text is no such rule, and when it has a summer time but not from when to when.
    init?(_ text: ArraySlice<UInt8>) {
        var scanner = RuleScanner(rest: text)
        guard scanner.skipName(), let standard = scanner.offset() else { return nil }
        guard !scanner.isAtEnd else {
            self.init(standard: standard, daylight: nil)
            return
        }
        guard scanner.skipName(), let offset = scanner.isAt(",") ? standard + 3600 : scanner.offset(),
            let start = scanner.moment(), let end = scanner.moment(), scanner.isAtEnd
        else { return nil }
        self.init(standard: standard, daylight: Daylight(offset: offset, start: start, end: end))
    }
}

private struct RuleScanner {
    var rest: ArraySlice<UInt8>

    var isAtEnd: Bool { rest.isEmpty }

    func isAt(_ character: Unicode.Scalar) -> Bool { rest.first == UInt8(character.value) }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        rest.removeFirst()
        return true
    }

    /// `EST` or `<-03>`.
    mutating func skipName() -> Bool {
        if skip("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")), end - rest.startIndex >= 3 else { return false }
            rest = rest[(end + 1)...]
            return true
        }
        let letters = rest.prefix { (65...90).contains($0 & 0xDF) }
        rest = rest.dropFirst(letters.count)
        return letters.count >= 3
    }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64? {
        let digits = rest.prefix { (48...57).contains($0) }
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let number = digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
        return range.contains(number) ? number : nil
    }

    /// Seconds of `2`, `-1:30` or `+2:00:00`.
    mutating func time(hours range: ClosedRange<Int64>) -> Int64? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard let hours = number(range), let minutes = skip(":") ? number(0...59) : 0,
            let seconds = skip(":") ? number(0...59) : 0
        else { return nil }
        return (hours * 3600 + minutes * 60 + seconds) * (isNegative ? -1 : 1)
    }

    /// Seconds east of UTC; the text counts to the west.
    mutating func offset() -> Int32? { time(hours: 0...24).map { Int32(-$0) } }

    /// `,M3.2.0/2`; at two o'clock when no time is given.
    mutating func moment() -> YearlyMoment? {
        guard skip(","), let date = date(), let second = skip("/") ? time(hours: 0...167) : 7200 else { return nil }
        return YearlyMoment(date: date, second: second)
    }

    private mutating func date() -> YearlyMoment.Date? {
        if skip("J") { return number(1...365).map { .julian($0) } }
        guard skip("M") else { return number(0...365).map { .ordinal($0) } }
        guard let month = number(1...12), skip("."), let week = number(1...5), skip("."), let weekday = number(0...6) else { return nil }
        return .week(month: month, week: week, weekday: weekday)
    }
}
