import Core

/// Reads the parts of a body and collects what is wrong with them, so that one answer names every fault.
struct Inspection {
    let body: JSONValue
    private(set) var faults: [InvalidParameters.Fault] = []

    init(_ body: JSONValue) { self.body = body }

    mutating func require(_ isRight: Bool, _ name: String, _ reason: String, code: String? = nil) {
        if !isRight { faults.append(.init(name: name, reason: reason, code: code)) }
    }

    /// A text of the object's member whose characters number within `lengths`; empty when it is wrong.
    @discardableResult
    mutating func text(_ object: JSONValue?, _ key: String, _ lengths: ClosedRange<Int>, _ name: String) -> String {
        guard let value = object?[key], !value.isNull else {
            require(lengths.contains(0), name, "is required")
            return ""
        }
        let text = value.string
        require(
            text.map { lengths.contains($0.count) } ?? false, name,
            "must be a string of \(lengths.lowerBound) to \(lengths.upperBound) characters")
        return text ?? ""
    }

    /// The same; nil when it is absent or null.
    mutating func optionalText(_ object: JSONValue?, _ key: String, atMost limit: Int, _ name: String) -> String? {
        guard let value = object?[key], !value.isNull else { return nil }
        let text = value.string
        require(text.map { $0.count <= limit } ?? false, name, "must be a string of at most \(limit) characters")
        return text
    }
}
