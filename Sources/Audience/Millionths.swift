package import Core

/// Numbers on their way into a sum: whole millionths, so that a sum is the same in whatever order it is taken and wherever
/// its parts come from.
package enum Millionths {
    package static let perUnit = 1e6
    /// What is further from zero counts as this.
    private static let limit = 1e24

    static func of(_ number: Double) -> Int128 {
        Int128((min(max(number, -limit), limit) * perUnit).rounded())
    }

    /// What a property adds to a sum: a number, or a text that reads as one; 0 for anything else (`clevertap.md` 5.2).
    package static func of(_ value: JSONValue?) -> Int128 { value.flatMap(number(from:)).map(of) ?? 0 }
}
