import Core
import Foundation

/// A number as Liquid's filters take it: whole ones stay whole.
enum Number {
    case whole(Int64)
    case fraction(Double)

    /// Of a text that is no number, the digits that it begins with; everything else is 0.
    init(_ value: JSONValue) {
        switch value {
        case .int(let number): self = .whole(number)
        case .double(let number): self = .fraction(number)
        case .string(let text): self = Self.read(text)
        default: self = .whole(0)
        }
    }

    /// Nil when there is no such number.
    init?(_ decimal: Decimal) {
        guard decimal.isFinite, let number = Double("\(decimal)") else { return nil }
        self = .fraction(number)
    }

    var value: JSONValue {
        switch self {
        case .whole(let number): .int(number)
        case .fraction(let number): number.isFinite ? .double(number) : .null
        }
    }

    var double: Double {
        switch self {
        case .whole(let number): Double(number)
        case .fraction(let number): number
        }
    }

    /// Without its fraction, cut to 64 bits.
    var whole: Int64 {
        switch self {
        case .whole(let number): number
        case .fraction(let number): Self.clamped(number.rounded(.towardZero))
        }
    }

    /// With the digits that people see: 183.357 is that and not the nearest binary fraction.
    var decimal: Decimal? {
        switch self {
        case .whole(let number): Decimal(number)
        case .fraction(let number): number.isFinite && Swift.abs(number) < 1e60 ? Decimal(string: "\(number)") : nil
        }
    }

    static func clamped(_ number: Double) -> Int64 {
        Int64(exactly: number) ?? (number.isNaN ? 0 : number < 0 ? .min : .max)
    }

    private static func read(_ text: String) -> Number {
        let text = text.drop(while: \.isWhitespace)
        let sign = text.hasPrefix("-") ? "-" : ""
        let digits = text.dropFirst(sign.count).prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(sign.count + digits.count)
        let fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return .whole(0) }
        let isWhole = rest.dropFirst(1 + fraction.count).allSatisfy(\.isWhitespace)
        if rest.first == ".", !fraction.isEmpty, isWhole, let number = Double("\(sign)\(digits).\(fraction)") { return .fraction(number) }
        return Int64("\(sign)\(digits)").map(Number.whole) ?? Double("\(sign)\(digits)").map(Number.fraction) ?? .whole(0)
    }
}

extension Decimal {
    /// - Parameter places: digits after the point.
    func rounded(_ places: Int, _ mode: RoundingMode) -> Decimal {
        var (source, result) = (self, Decimal())
        NSDecimalRound(&result, &source, places, mode)
        return result
    }
}
