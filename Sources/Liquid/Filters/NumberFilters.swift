import Core
import Foundation

extension FilterCall {
    /// Null for what has no answer, such as a division by 0.
    func numeric(_ value: JSONValue) -> JSONValue {
        let (a, b) = (Number(value), Number(argument(0)))
        switch name {
        case .plus, .minus, .times, .dividedBy, .modulo: return calculate(a, b)?.value ?? .null
        case .round: return round(a)
        case .ceil: return .int(Number.clamped(a.double.rounded(.up)))
        case .floor: return .int(Number.clamped(a.double.rounded(.down)))
        case .abs: return absolute(a)
        case .atLeast: return (a.double < b.double ? b : a).value
        case .atMost: return (a.double > b.double ? b : a).value
        default: return .null
        }
    }

    private func calculate(_ a: Number, _ b: Number) -> Number? {
        if case .whole(let a) = a, case .whole(let b) = b {
            if let whole = wholes(a, b) { return .whole(whole) }
            if b == 0, name == .dividedBy || name == .modulo { return nil }
        }
        if let x = a.decimal, let y = b.decimal, let result = decimals(x, y) { return result }
        return doubles(a.double, b.double)
    }

    /// Nil when it does not fit. Quotients are rounded down.
    private func wholes(_ a: Int64, _ b: Int64) -> Int64? {
        let (result, overflow) =
            switch name {
            case .plus: a.addingReportingOverflow(b)
            case .minus: a.subtractingReportingOverflow(b)
            case .times: a.multipliedReportingOverflow(by: b)
            case .dividedBy: a.dividedReportingOverflow(by: b)
            default: a.remainderReportingOverflow(dividingBy: b)
            }
        guard !overflow else { return nil }
        let isUneven = name == .dividedBy && a % b != 0 || name == .modulo && result != 0
        guard isUneven, (a < 0) != (b < 0) else { return result }
        return name == .dividedBy ? result - 1 : result + b
    }

    private func decimals(_ a: Decimal, _ b: Decimal) -> Number? {
        switch name {
        case .plus: Number(a + b)
        case .minus: Number(a - b)
        case .times: Number(a * b)
        case .dividedBy where b != 0: Number(a / b)
        case .modulo where b != 0: Number(a - b * (a / b).rounded(0, .down))
        default: nil
        }
    }

    private func doubles(_ a: Double, _ b: Double) -> Number? {
        switch name {
        case .plus: .fraction(a + b)
        case .minus: .fraction(a - b)
        case .times: .fraction(a * b)
        case .dividedBy where b != 0: .fraction(a / b)
        case .modulo where b != 0: .fraction(a - b * (a / b).rounded(.down))
        default: nil
        }
    }

    /// To a whole number, or to so many digits after the point.
    private func round(_ number: Number) -> JSONValue {
        let places = min(max(0, numberArgument(0, default: 0)), 30)
        guard places > 0 else { return .int(Number.clamped(number.double.rounded())) }
        return number.decimal.flatMap { Number($0.rounded(places, .plain)) }?.value ?? number.value
    }

    private func absolute(_ number: Number) -> JSONValue {
        if case .whole(let whole) = number, whole != .min { return .int(Swift.abs(whole)) }
        return Number.fraction(Swift.abs(number.double)).value
    }
}
