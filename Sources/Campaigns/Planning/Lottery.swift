import Core

/// Picks so many of a number of people at random: the same ones for the same salt, whoever asks and whenever.
struct Lottery: Hashable, Sendable {
    private let draw: StableDraw
    /// Whose draw is below it is in; nil when all are.
    private let bound: UInt64?

    /// - Parameter count: how many are picked of `people`; all, when there are no more.
    init(salt: String, picking count: Int, of people: some Sequence<ProfileID>) {
        draw = StableDraw(salt: salt)
        let draws = people.map(draw.bits)
        bound = draws.count > count ? draws.nthSmallest(count) : nil
    }

    func picks(_ person: ProfileID) -> Bool { bound.map { draw.bits(for: person) < $0 } ?? true }
}

extension [UInt64] {
    /// The one that has `place` others before it in order of size. Takes about three looks at each.
    fileprivate func nthSmallest(_ place: Int) -> UInt64 {
        var (numbers, place) = (self, place)
        while numbers.count > 1 {
            let pivot = numbers[numbers.count / 2]
            let (below, equal) = (numbers.filter { $0 < pivot }, numbers.count { $0 == pivot })
            if place < below.count {
                numbers = below
            } else if place < below.count + equal {
                return pivot
            } else {
                place -= below.count + equal
                numbers = numbers.filter { $0 > pivot }
            }
        }
        return numbers[0]
    }
}
