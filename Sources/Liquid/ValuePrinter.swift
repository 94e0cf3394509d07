package import Core

/// Writes values as a message shows them.
package struct ValuePrinter: Sendable {
    package enum DateStyle: Hashable, Sendable {
        /// `2023-05-29 15:55:00`
        case digits
        /// `May 29, 2023`
        case words
    }

    package let dates: DateStyle
    let offset: @Sendable (Timestamp) -> Int

    /// - Parameter offset: the seconds east of UTC in which dates are printed, at a moment.
    package init(dates: DateStyle, offset: @escaping @Sendable (Timestamp) -> Int) { (self.dates, self.offset) = (dates, offset) }

    /// The text of a value; a list's texts with commas between. Nil for null and objects.
    package func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): Timestamp(propertyDate: text).map(print) ?? text
        case .int(let number): String(number)
        case .double(let number): Int64(exactly: number).map(String.init) ?? "\(number)"
        case .bool(let flag): flag ? "true" : "false"
        case .array(let items): items.compactMap(text).joined(separator: ", ")
        case .null, .object: nil
        }
    }

    private func print(_ time: Timestamp) -> String {
        CalendarTime(time, offset: offset(time)).text(dates == .words ? "%B %-d, %Y" : "%Y-%m-%d %H:%M:%S")
    }
}
