import Audience
import Core

/// Two sets of about a million people, the numbers of `roaring.c`.
enum SetBench {
    static func run() {
        let a = PeopleSet((0..<1_500_000).lazy.filter { $0 * 7919 % 1_500_000 < 1_000_000 }.map { ProfileID(rawValue: Int64($0)) })
        let b = PeopleSet((0..<1_500_000).lazy.filter { $0 * 104_729 % 1_500_000 < 885_000 }.map { ProfileID(rawValue: Int64($0)) })
        var (count, best) = (0, Double.infinity)
        for _ in 0..<20 {
            let time = ContinuousClock().measure { count = a.union(b).count + a.intersection(b).count + a.subtracting(b).count }
            best = min(best, time.seconds * 1000)
        }
        var sum: Int64 = 0
        let walk = ContinuousClock().measure { for person in a { sum &+= person.rawValue } }
        print(
            "sets of \(a.count) and \(b.count): union, intersection, difference, counted: \(best) ms (\(count)); walk \(walk.seconds * 1000) ms (\(sum))"
        )
    }
}
