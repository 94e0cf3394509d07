/// Why a text is no template: what is wrong, in words that are safe to show and name what is known, and where.
package struct LiquidError: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    /// From 1.
    package let line: Int
    /// In Unicode scalars, from 1.
    package let column: Int

    package var description: String { "\(message) (line \(line), column \(column))" }
}
