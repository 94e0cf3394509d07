/// Two or three messages of which each person gets one.
package struct MessageVariants: Hashable, Sendable {
    package struct Variant: Hashable, Sendable {
        /// Up to 40 characters; `A`, `B`, `C` unless it is named.
        package var name: String
        package var choice: TemplateChoice
        /// How many of a hundred get it; all of them make 100. What a test leaves over does not go by it.
        package var percent: Int
    }

    package enum Mode: Hashable, Sendable {
        /// By the percentages, to the end.
        case split
        /// In equal parts until the test is over; then the variant that was viewed most, the first of equals.
        case winner(WinnerTest)
    }

    package var variants: [Variant]
    package var mode: Mode
}

/// How the best variant is found.
package struct WinnerTest: Hashable, Sendable {
    package enum Size: Hashable, Sendable {
        /// 1 to 99, of those who qualify; not for live types, which do not know how many will.
        case percent(Int)
        /// 2 to 1,000,000.
        case messages(Int)
    }

    package var size: Size
    /// How long after the test's last message the views are counted. 1 to 43,200.
    package var minutes: Int

    package init(size: Size, minutes: Int) { (self.size, self.minutes) = (size, minutes) }
}
