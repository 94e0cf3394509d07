import Core

extension CalendarTime {
    /// Written by a form with the directives of Ruby's `strftime`, such as `%d %b %Y`; one that is not known stays as it
    /// is.
    func text(_ form: String) -> String {
        var (text, rest) = ("", form.unicodeScalars[...])
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                text.unicodeScalars.append(scalar)
                continue
            }
            let before = rest
            let style = DirectiveStyle(&rest)
            if let directive = rest.popFirst(), let piece = piece(directive, style) {
                text += piece
            } else {
                text += "%"
                rest = before
            }
        }
        return text
    }

    private func piece(_ directive: Unicode.Scalar, _ style: DirectiveStyle) -> String? {
        name(directive).map(style.word) ?? number(directive, style) ?? composite(directive).map { style.word(text($0)) }
    }

    private func name(_ directive: Unicode.Scalar) -> String? {
        switch directive {
        case "B": Self.months[Int(month - 1)]
        case "b", "h": String(Self.months[Int(month - 1)].prefix(3))
        case "A": Self.weekdays[Int(weekday)]
        case "a": String(Self.weekdays[Int(weekday)].prefix(3))
        case "p": hour < 12 ? "AM" : "PM"
        case "P": hour < 12 ? "am" : "pm"
        case "Z": offset == 0 ? "UTC" : zone(":")
        case "n": "\n"
        case "t": "\t"
        case "%": "%"
        default: nil
        }
    }

    private func number(_ directive: Unicode.Scalar, _ style: DirectiveStyle) -> String? {
        switch directive {
        case "Y": style.number(year, year < 0 ? 5 : 4)
        case "C": style.number(year / 100, 2)
        case "y": style.number((year % 100 + 100) % 100, 2)
        case "m": style.number(month, 2)
        case "d": style.number(day, 2)
        case "e": style.number(day, 2, " ")
        case "j": style.number(dayOfYear, 3)
        case "u": style.number(isoWeekday, 1)
        case "w": style.number(weekday, 1)
        case "U": style.number((dayOfYear + 6 - weekday) / 7, 2)
        case "W": style.number((dayOfYear + 7 - isoWeekday) / 7, 2)
        case "V": style.number(isoWeek.week, 2)
        case "G": style.number(isoWeek.year, 4)
        case "g": style.number((isoWeek.year % 100 + 100) % 100, 2)
        default: clock(directive, style)
        }
    }

    private func clock(_ directive: Unicode.Scalar, _ style: DirectiveStyle) -> String? {
        switch directive {
        case "H": style.number(hour, 2)
        case "k": style.number(hour, 2, " ")
        case "I": style.number(hourOfTwelve, 2)
        case "l": style.number(hourOfTwelve, 2, " ")
        case "M": style.number(minute, 2)
        case "S": style.number(second, 2)
        case "s": style.number(time.seconds, 1)
        case "L": fraction(digits: style.width ?? 3)
        case "N": fraction(digits: style.width ?? 9)
        case "z": zone(style.colon)
        default: nil
        }
    }

    private func composite(_ directive: Unicode.Scalar) -> String? {
        switch directive {
        case "c": "%a %b %e %H:%M:%S %Y"
        case "D", "x": "%m/%d/%y"
        case "F": "%Y-%m-%d"
        case "T", "X": "%H:%M:%S"
        case "R": "%H:%M"
        case "r": "%I:%M:%S %p"
        case "v": "%e-%^b-%Y"
        default: nil
        }
    }

    private func fraction(digits: Int) -> String {
        let micros = String(1_000_000 + microsecond).dropFirst()
        return String((micros + String(repeating: "0", count: max(0, digits - 6))).prefix(digits))
    }

    private func zone(_ colon: String) -> String {
        let (style, minutes) = (DirectiveStyle(), Int64(abs(offset) / 60))
        return "\(offset < 0 ? "-" : "+")\(style.number(minutes / 60, 2))\(colon)\(style.number(minutes % 60, 2))"
    }
}

/// The flags and the width between `%` and a directive's letter.
private struct DirectiveStyle {
    /// `-` for none; nil for the directive's own.
    private var padding: Unicode.Scalar?
    private var isUpper = false
    private var isSwapped = false
    private(set) var colon = ""
    /// Two digits at most are read.
    private(set) var width: Int?

    init() {}

    init(_ rest: inout Substring.UnicodeScalarView) {
        while let flag = rest.first {
            switch flag {
            case "-", "_", "0": padding = flag
            case "^": isUpper = true
            case "#": isSwapped = true
            case ":": colon = ":"
            default:
                let digits = rest.prefix { $0.isASCIIDigit }.prefix(2)
                width = Int(String(digits))
                rest = rest.dropFirst(digits.count)
                return
            }
            rest.removeFirst()
        }
    }

    func number(_ number: Int64, _ digits: Int, _ fill: String = "0") -> String {
        let text = String(number)
        guard padding != "-" else { return text }
        return String(repeating: padding == "_" ? " " : padding == "0" ? "0" : fill, count: max(0, (width ?? digits) - text.count)) + text
    }

    func word(_ text: String) -> String {
        let isMark = text == "AM" || text == "PM"
        let cased = isUpper || isSwapped && !isMark ? text.uppercased() : isSwapped ? text.lowercased() : text
        return String(repeating: padding == "0" ? "0" : " ", count: max(0, (width ?? 0) - cased.count)) + cased
    }
}
