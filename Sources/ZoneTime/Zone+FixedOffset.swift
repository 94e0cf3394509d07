extension Zone {
    /// Reads `UTC`, `GMT`, `Z`, and offsets of at most 14 hours with or without UTC or GMT before them: `GMT+5:30`,
    /// `UTC-03:00`, `+0530`, `+5`. Plus is east of Greenwich, other than in the names `Etc/GMT+5`. Nil for anything else.
    package init?(fixedOffset text: String) {
        var rest = text[...]
        if rest.hasPrefix("UTC") || rest.hasPrefix("GMT") { rest.removeFirst(3) } else if rest == "Z" { rest = "" }
        guard rest.count < text.count || rest.hasPrefix("+") || rest.hasPrefix("-") else { return nil }
        guard let seconds = rest.isEmpty ? 0 : Self.seconds(of: rest) else { return nil }
        self = seconds == 0 ? .utc : Zone(identifier: Self.name(of: seconds), rules: ZoneRules(offset: seconds))
    }

    /// Seconds of `+5`, `-03:00` or `+0530`.
    private static func seconds(of text: Substring) -> Int? {
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        var (hours, minutes) = (text.dropFirst(), Substring("00"))
        if hours.count > 2 {
            minutes = hours.suffix(2)
            hours.removeLast(2)
            if hours.last == ":" { hours.removeLast() }
        }
        guard (1...2).contains(hours.count), (hours + minutes).utf8.allSatisfy({ (48...57).contains($0) }),
            let hours = Int(hours), let minutes = Int(minutes), minutes < 60, hours * 60 + minutes <= 14 * 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1)
    }

    private static func name(of seconds: Int) -> String { (seconds < 0 ? "-" : "+") + LocalTime(second: abs(seconds)).description }
}
