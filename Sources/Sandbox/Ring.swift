/// The newest elements of a list that only grows, each known for ever by its number from 0.
struct Ring<Element: Sendable>: Sendable {
    let capacity: Int
    /// How many were ever appended.
    private(set) var count = 0
    private var slots: [Element] = []

    /// - Parameter capacity: at least 1.
    init(capacity: Int) { self.capacity = max(1, capacity) }

    /// The number of the oldest that is still here.
    var oldest: Int { Swift.max(0, count - capacity) }

    /// Nil for what was dropped and for what is not there yet.
    subscript(number: Int) -> Element? {
        number >= oldest && number < count ? slots[number % capacity] : nil
    }

    /// Returns what had to go, if anything.
    @discardableResult
    mutating func append(_ element: Element) -> Element? {
        defer { count += 1 }
        guard count >= capacity else {
            slots.append(element)
            return nil
        }
        let dropped = slots[count % capacity]
        slots[count % capacity] = element
        return dropped
    }

    /// Changes an element; does nothing when it is gone.
    mutating func update(_ number: Int, _ change: (inout Element) -> Void) {
        if number >= oldest, number < count { change(&slots[number % capacity]) }
    }
}
