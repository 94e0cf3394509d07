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

extension Node {
    /// Whether it prints white space at most.
    private var isBlank: Bool {
        switch self {
        case .text(let text): text.allSatisfy(\.isWhitespace)
        case .assign, .capture: true
        case .choice(let arms, let otherwise): arms.allSatisfy { $0.body.allSatisfy(\.isBlank) } && otherwise.allSatisfy(\.isBlank)
        case .loop(let loop): loop.kind.isList && (loop.body + loop.otherwise).allSatisfy(\.isBlank)
        case .output, .leave, .abort: false
        }
    }

    private var isText: Bool { if case .text = self { true } else { false } }

    /// As Shopify does, a tag whose whole inside is blank, such as one with nothing but assigns on lines of their own,
    /// prints nothing.
    var withoutBlankInside: Node {
        guard isBlank else { return self }
        switch self {
        case .choice(let arms, let otherwise):
            let silent = arms.map { Arm(condition: $0.condition, body: $0.body.filter { !$0.isText }) }
            return .choice(silent, otherwise: otherwise.filter { !$0.isText })
        case .loop(var loop):
            (loop.body, loop.otherwise) = (loop.body.filter { !$0.isText }, loop.otherwise.filter { !$0.isText })
            return .loop(loop)
        default: return self
        }
    }
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

        var isList: Bool { if case .list = self { true } else { false } }
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
