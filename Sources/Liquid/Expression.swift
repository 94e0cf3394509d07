import Core

indirect enum Expression: Sendable {
    case literal(JSONValue)
    case empty
    case blank
    case path(VariablePath)
    case range(Expression, Expression)
}

/// `Profile.Name`, `Profile["Customer Type"]`, `list[0].size`.
struct VariablePath: Sendable, CustomStringConvertible {
    enum Step: Sendable {
        case name(String)
        case index(Expression)
    }

    var root: String
    var steps: [Step]

    /// As somebody would write it; an index that is only known when rendering is left out.
    var description: String {
        steps.reduce(root) { text, step in
            switch step {
            case .name(let name): "\(text).\(name)"
            case .index(.literal(.string(let name))): "\(text)[\"\(name)\"]"
            case .index(.literal(let value)): "\(text)[\(value.text)]"
            case .index: "\(text)[]"
            }
        }
    }
}

/// Terms joined by `and` and `or`, which are taken from right to left without precedence.
struct Condition: Sendable {
    enum Join: Sendable {
        case and
        case or
    }

    var terms: [Term]
    /// One fewer than terms.
    var joins: [Join] = []
    /// For `unless`.
    var isNegated = false
}

enum Term: Sendable {
    case truth(Expression)
    case comparison(Expression, Comparison, Expression)
}

enum Comparison: String, Sendable, CaseIterable {
    case equal = "=="
    case unequal = "!="
    case different = "<>"
    case atLeast = ">="
    case atMost = "<="
    case more = ">"
    case less = "<"
    case contains
}
