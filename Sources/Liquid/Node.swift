import Core

/// A piece of a parsed template.
indirect enum Node: Sendable {
    case text(String)
    case output(Pipeline)
    case assign(String, Pipeline)
    case capture(String, [Node])
    /// `if`, `unless` and `case`: the first arm that holds is rendered.
    case choice([Arm], otherwise: [Node])
    case loop(Loop)
    case leave(Interrupt)
    case abort
}

/// How a turn of a loop ends early.
enum Interrupt: Sendable {
    case endLoop
    case nextTurn
}

struct Arm: Sendable {
    var condition: Condition
    var body: [Node]
}

/// `for` and `tablerow`.
struct Loop: Sendable {
    enum Kind: Sendable {
        case list
        /// HTML rows with so many columns; nil means all in one row.
        case table(columns: Expression?)
    }

    var kind: Kind
    var variable: String
    var items: Expression
    var limit: Expression?
    var offset: Expression?
    var isReversed = false
    var body: [Node] = []
    var otherwise: [Node] = []
}

/// An expression and the filters that it runs through.
struct Pipeline: Sendable {
    var input: Expression
    var filters: [Filter]
}

struct Filter: Sendable {
    var name: FilterName
    var arguments: [Expression]
    /// `default: x, allow_false: true`
    var allowsFalse = false
}
