import Core

/// The numbers that get a message in each run: of several profiles with one number the first is sent to.
package struct NumbersTaken: Sendable {
    private struct Place: Hashable {
        let run: Int
        let phone: PhoneNumber
    }

    private var places: Set<Place> = []

    package init() {}

    mutating func insert(_ phone: PhoneNumber, in run: Int) { places.insert(Place(run: run, phone: phone)) }

    /// What becomes of a qualification after those before it: one that is planned takes its number, or is excluded as
    /// `duplicate_number` when somebody else has it.
    package mutating func judge(_ qualification: Qualification) -> Qualification {
        guard case .planned = qualification.fate, let phone = qualification.phone else { return qualification }
        guard !places.insert(Place(run: qualification.run, phone: phone)).inserted else { return qualification }
        var duplicate = qualification
        duplicate.fate = .excluded(.duplicateNumber)
        return duplicate
    }
}
