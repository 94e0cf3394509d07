import Core

extension Renderer {
    mutating func value(of expression: Expression) throws(Stop) -> JSONValue {
        switch expression {
        case .literal(let value): return value
        case .empty, .blank: return ""
        case .path(let path): return try value(of: path)
        case .range(let from, let to):
            let range = try range(from, to)
            guard range.count <= meter.limits.loopItems else { throw .timedOut }
            let value = JSONValue.array(range.map { .int($0) })
            try meter.spend(on: value)
            return value
        }
    }

    /// Empty when it would run downwards.
    mutating func range(_ from: Expression, _ to: Expression) throws(Stop) -> Range<Int64> {
        let (first, last) = (try wholeNumber(from), try wholeNumber(to))
        // So far apart that counting would overflow is past every limit.
        guard first > -Int64(1) << 40, last < Int64(1) << 40 else { throw .timedOut }
        return first <= last ? first..<last + 1 : first..<first
    }

    mutating func wholeNumber(_ expression: Expression) throws(Stop) -> Int64 { Number(try value(of: expression)).whole }

    private mutating func value(of path: VariablePath) throws(Stop) -> JSONValue {
        try meter.spend()
        let local = locals[path.root]
        if local == nil, let value = loopValue(of: path) { return value }
        var value = local ?? scope[path.root] ?? .null
        for step in path.steps {
            switch step {
            case .name(let name):
                if name == "size" { try meter.spend(on: value) }
                value = value.member(name)
            case .index(let index): value = value.item(try self.value(of: index))
            }
        }
        return value
    }

    mutating func holds(_ condition: Condition) throws(Stop) -> Bool {
        guard let last = condition.terms.last else { return false }
        var result = try holds(last)
        for (term, join) in zip(condition.terms, condition.joins).reversed() {
            // Both sides are looked at, so that the steps do not depend on the order of the terms.
            let left = try holds(term)
            result = join == .and ? left && result : left || result
        }
        return result != condition.isNegated
    }

    private mutating func holds(_ term: Term) throws(Stop) -> Bool {
        try meter.spend()
        switch term {
        case .truth(let expression): return try value(of: expression).isTruthy
        case .comparison(let left, let comparison, let right): return try holds(comparison, left, right)
        }
    }

    private mutating func holds(_ comparison: Comparison, _ left: Expression, _ right: Expression) throws(Stop) -> Bool {
        switch comparison {
        case .equal: return try equal(left, right)
        case .unequal, .different: return try !equal(left, right)
        default: break
        }
        let (a, b) = (try value(of: left), try value(of: right))
        try meter.spend(on: a)
        switch comparison {
        case .more: return a.isMore(than: b) ?? false
        case .less: return b.isMore(than: a) ?? false
        case .atLeast: return b.isMore(than: a).map(!) ?? false
        case .atMost: return a.isMore(than: b).map(!) ?? false
        default: return a.contains(b, printer)
        }
    }

    private mutating func equal(_ left: Expression, _ right: Expression) throws(Stop) -> Bool {
        switch (left, right) {
        case (.empty, .empty), (.blank, .blank), (.empty, .blank), (.blank, .empty): return true
        case (.empty, let other), (let other, .empty): return try value(of: other).isEmpty
        case (.blank, let other), (let other, .blank): return try value(of: other).isBlank
        default:
            let value = try value(of: left)
            try meter.spend(on: value)
            return value.equals(try self.value(of: right))
        }
    }
}
