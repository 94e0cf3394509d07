import Audience
import Core
import Profiles

/// A property of the receiver, run through filters.
struct ProfileOutput: Hashable, Sendable {
    enum DateStyle: Hashable, Sendable {
        /// `2023-05-29 15:55:00`
        case digits
        /// `May 29, 2023`
        case words
    }

    var property: String
    var filters: [LiquidFilter]
    var dates: DateStyle

    /// Nil when nothing is left to print. A tag with a default always prints something, be it blank.
    func text(for profile: Profile) -> String? {
        let value = filters.reduce(find(in: profile)) { value, filter in filter.apply(to: value, print: print) }
        let text = value.flatMap(print) ?? ""
        return hasDefault || !ParameterText.isBlank(text) ? text : nil
    }

    private var hasDefault: Bool { filters.contains { if case .fallback = $0 { true } else { false } } }

    /// The property of exactly this name, else of the name with the case of its first letter changed: Liquid writes
    /// `Profile.name` where the profile has `Name`.
    private func find(in profile: Profile) -> JSONValue? {
        if let value = profile.property(property) { return value }
        guard let first = property.first else { return nil }
        let other = first.isUppercase ? first.lowercased() : first.uppercased()
        return profile.property(other + property.dropFirst())
    }

    /// The text of a value; a list's texts with commas between. Nil for null and objects.
    private func print(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): Timestamp(propertyDate: text).map(print) ?? text
        case .int(let number): String(number)
        case .double(let number): Int64(exactly: number).map(String.init) ?? "\(number)"
        case .bool(let flag): flag ? "true" : "false"
        case .array(let items): items.compactMap(print).joined(separator: ", ")
        case .null, .object: nil
        }
    }

    private func print(_ time: Timestamp) -> String {
        let digits = time.iso8601()
        guard dates == .words else { return "\(digits.prefix(10)) \(digits.dropFirst(11).prefix(8))" }
        let parts = digits.prefix(10).split(separator: "-")
        guard parts.count == 3, let month = Int(parts[1]), let day = Int(parts[2]) else { return digits }
        return "\(Self.months[month - 1]) \(day), \(parts[0])"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
}
