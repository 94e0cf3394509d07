import Core

/// One thing that a template reads of its scope: `Profile.Name` is the property `Name` of the object `Profile`.
package struct ScopeRead: Hashable, Sendable, CustomStringConvertible {
    package let object: String
    /// The first property; nil when the object is read as a whole or by a name that is only known when rendering.
    package let property: String?

    package var description: String { property.map { "\(object).\($0)" } ?? object }
}

/// What can be said of a template without rendering it.
struct Survey: Sendable {
    private(set) var reads: [ScopeRead] = []
    private(set) var certainTexts: [String] = []
    private(set) var possibleTexts: [String] = []
    private(set) var defaults: [String] = []
    private(set) var hasTags = false
    private var seen: Set<ScopeRead> = []
    /// The names that the template has given by itself so far.
    private var locals: Set<String> = []
    private var loops: [Loop.Kind] = []

    init(of nodes: [Node]) {
        for node in nodes {
            if case .text(let text) = node { certainTexts.append(text) } else { visit(node) }
        }
        hasTags = certainTexts.count < nodes.count
    }

    private mutating func visit(_ nodes: [Node]) { for node in nodes { visit(node) } }

    private mutating func visit(_ node: Node) {
        switch node {
        case .text(let text): possibleTexts.append(text)
        case .output(let pipeline): visit(pipeline)
        case .assign(let name, let pipeline):
            visit(pipeline)
            locals.insert(name)
        case .capture(let name, let body):
            let texts = possibleTexts
            visit(body)
            (possibleTexts, _) = (texts, locals.insert(name))
        case .choice(let arms, let otherwise):
            for arm in arms {
                visit(arm.condition)
                visit(arm.body)
            }
            visit(otherwise)
        case .loop(let loop): visit(loop)
        case .leave, .abort: break
        }
    }

    private mutating func visit(_ loop: Loop) {
        visit(loop.items)
        if let limit = loop.limit { visit(limit) }
        if let offset = loop.offset { visit(offset) }
        if case .table(let columns) = loop.kind {
            if let columns { visit(columns) }
            possibleTexts.append(LoopState(count: 1, columns: 1).before)
        }
        let isNew = locals.insert(loop.variable).inserted
        loops.append(loop.kind)
        visit(loop.body)
        loops.removeLast()
        if isNew { locals.remove(loop.variable) }
        visit(loop.otherwise)
    }

    private mutating func visit(_ pipeline: Pipeline) {
        visit(pipeline.input)
        for filter in pipeline.filters {
            filter.arguments.forEach { visit($0) }
            if filter.name == .fallback, case .literal(.string(let text)) = filter.arguments.first { defaults.append(text) }
        }
    }

    private mutating func visit(_ condition: Condition) {
        for term in condition.terms {
            switch term {
            case .truth(let expression): visit(expression)
            case .comparison(let left, _, let right):
                visit(left)
                visit(right)
            }
        }
    }

    private mutating func visit(_ expression: Expression) {
        switch expression {
        case .literal, .empty, .blank: break
        case .range(let from, let to):
            visit(from)
            visit(to)
        case .path(let path): visit(path)
        }
    }

    private mutating func visit(_ path: VariablePath) {
        for case .index(let index) in path.steps { visit(index) }
        guard !locals.contains(path.root), !isLoopObject(path.root) else { return }
        let read = ScopeRead(object: path.root, property: path.steps.first.flatMap(property))
        if seen.insert(read).inserted { reads.append(read) }
    }

    private func isLoopObject(_ name: String) -> Bool {
        loops.contains { kind in
            switch kind {
            case .list: name == LoopState.listObject
            case .table: name == LoopState.tableObject
            }
        }
    }

    private func property(_ step: VariablePath.Step) -> String? {
        switch step {
        case .name(let name), .index(.literal(.string(let name))): name
        case .index: nil
        }
    }
}
