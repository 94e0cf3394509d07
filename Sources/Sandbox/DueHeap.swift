/// Work ordered by when it is due; what is due at the same moment comes out in the order it went in.
struct DueHeap<Work: Sendable>: Sendable {
    private struct Entry: Sendable {
        let due: ContinuousClock.Instant
        let order: UInt64
        let work: Work

        static func < (a: Entry, b: Entry) -> Bool { a.due == b.due ? a.order < b.order : a.due < b.due }
    }

    private var entries: [Entry] = []  // a binary heap: the children of i are 2i + 1 and 2i + 2
    private var order: UInt64 = 0

    var count: Int { entries.count }
    /// When the next is due.
    var next: ContinuousClock.Instant? { entries.first?.due }

    mutating func push(_ work: Work, due: ContinuousClock.Instant) {
        order += 1
        entries.append(Entry(due: due, order: order, work: work))
        var child = entries.count - 1
        while child > 0, entries[child] < entries[(child - 1) / 2] {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the next out if it is due by `now`.
    mutating func pop(by now: ContinuousClock.Instant) -> Work? {
        guard let first = entries.first, first.due <= now else { return nil }
        let last = entries.removeLast()
        guard !entries.isEmpty else { return first.work }
        entries[0] = last
        sink(0)
        return first.work
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if entries[child] < entries[smallest] { smallest = child }
            }
            guard smallest != parent else { return }
            entries.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
