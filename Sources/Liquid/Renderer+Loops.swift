import Core

extension Renderer {
    mutating func run(_ loop: Loop) throws(Stop) {
        var items = try items(of: loop)
        if loop.isReversed { items.reverse() }
        guard !items.isEmpty else { return try render(loop.otherwise) }
        guard items.count <= meter.limits.loopItems else { throw .timedOut }
        let hidden = locals[loop.variable]
        loops.append(LoopState(count: items.count, columns: try columns(of: loop, count: items.count)))
        try turn(through: items, of: loop)
        loops.removeLast()
        locals[loop.variable] = hidden
    }

    /// What is left after offset and limit, which are taken before the order is reversed.
    private mutating func items(of loop: Loop) throws(Stop) -> [JSONValue] {
        let offset = try wholeNumber(ifGiven: loop.offset) ?? 0
        let limit = try wholeNumber(ifGiven: loop.limit) ?? .max
        let (skipped, kept) = (Int(clamping: max(0, offset)), Int(clamping: max(0, limit)))
        // A range is cut before its numbers are written down: it may be as long as it likes.
        if case .range(let from, let to) = loop.items {
            let cut = try range(from, to).dropFirst(skipped).prefix(kept)
            guard cut.count <= meter.limits.loopItems else { throw .timedOut }
            return cut.map { .int($0) }
        }
        let value = try value(of: loop.items)
        try meter.spend(on: value)
        return Array(value.items.dropFirst(skipped).prefix(kept))
    }

    /// Nil when there is none, or it is null.
    private mutating func wholeNumber(ifGiven expression: Expression?) throws(Stop) -> Int64? {
        guard let expression else { return nil }
        let value = try value(of: expression)
        return value.isNull ? nil : Number(value).whole
    }

    private mutating func columns(of loop: Loop, count: Int) throws(Stop) -> Int? {
        guard case .table(let columns) = loop.kind else { return nil }
        return max(1, try wholeNumber(ifGiven: columns).map(Int.init(clamping:)) ?? count)
    }

    private mutating func turn(through items: [JSONValue], of loop: Loop) throws(Stop) {
        let place = loops.count - 1
        for (index, item) in items.enumerated() {
            try meter.spend()
            loops[place].index = index
            locals[loop.variable] = item
            try write(loops[place].before)
            try render(loop.body)
            let isOver = interrupt == .endLoop
            interrupt = nil
            try write(loops[place].after(isLast: isOver))
            if isOver { return }
        }
    }

    /// `forloop.index` and the like; nil when the path means no running loop.
    func loopValue(of path: VariablePath) -> JSONValue? {
        let isTable = path.root == LoopState.tableObject
        guard isTable || path.root == LoopState.listObject else { return nil }
        var running = loops.filter { ($0.columns != nil) == isTable }
        guard !running.isEmpty else { return nil }
        for case .name(let name) in path.steps {
            guard name == "parentloop" else { return running.last?.member(name) ?? .null }
            running.removeLast()
        }
        return .null
    }
}
