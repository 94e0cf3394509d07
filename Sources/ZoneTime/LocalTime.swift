/// What a clock on the wall shows.
package struct LocalTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds since midnight, 0...86,400.
    package let second: Int

    package static let midnight = LocalTime(second: 0)
    /// 24:00, where the day ends and the next begins.
    package static let endOfDay = LocalTime(second: 86_400)

    /// - Parameter second: 0...86,400.
    init(second: Int) { self.second = second }

    /// Nil unless it is from 00:00:00 to 23:59:59.
    package init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        self.second = hour * 3600 + minute * 60 + second
    }

    /// Reads `09:30`, from `00:00` to `23:59`. Nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), [0, 1, 3, 4].allSatisfy({ (48...57).contains(bytes[$0]) }) else {
            return nil
        }
        let digits = bytes.map { Int($0) - 48 }
        self.init(hour: digits[0] * 10 + digits[1], minute: digits[3] * 10 + digits[4])
    }

    package var hour: Int { second / 3600 }
    package var minute: Int { second / 60 % 60 }

    /// `09:30`, and `09:30:15` when it is not a whole minute.
    package var description: String {
        let parts = [hour, minute] + (second % 60 == 0 ? [] : [second % 60])
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    package static func < (a: Self, b: Self) -> Bool { a.second < b.second }
}
