import Core

/// One rendering. Its stack is as deep as the tags are nested, which the parser limits.
struct Renderer {
    let scope: [String: JSONValue]
    let now: Timestamp
    let printer: ValuePrinter
    var meter: Meter
    var output = ""
    /// What the template named by itself; it hides objects of the scope.
    var locals: [String: JSONValue] = [:]
    var loops: [LoopState] = []
    var interrupt: Interrupt?

    init(scope: [String: JSONValue], now: Timestamp, printer: ValuePrinter, limits: RenderLimits) {
        (self.scope, self.now, self.printer, meter) = (scope, now, printer, Meter(limits))
    }

    mutating func render(_ nodes: [Node]) throws(Stop) {
        for node in nodes {
            try meter.spend()
            try render(node)
            if interrupt != nil { return }
        }
    }

    private mutating func render(_ node: Node) throws(Stop) {
        switch node {
        case .text(let text): try write(text)
        case .output(let pipeline): try print(pipeline)
        case .assign(let name, let pipeline): locals[name] = try value(of: pipeline)
        case .capture(let name, let body): try capture(name, body)
        case .choice(let arms, let otherwise): try choose(arms, otherwise)
        case .loop(let loop): try run(loop)
        case .leave(let kind): interrupt = kind
        case .abort: throw .aborted
        }
    }

    mutating func write(_ text: String) throws(Stop) { try meter.write(text, to: &output) }

    private mutating func capture(_ name: String, _ body: [Node]) throws(Stop) {
        let before = output
        output = ""
        try render(body)
        locals[name] = .string(output)
        output = before
    }

    private mutating func choose(_ arms: [Arm], _ otherwise: [Node]) throws(Stop) {
        for arm in arms where try holds(arm.condition) { return try render(arm.body) }
        try render(otherwise)
    }

    private mutating func print(_ pipeline: Pipeline) throws(Stop) {
        let found = try value(of: pipeline.input)
        let printed = try apply(pipeline.filters, to: found)
        try meter.spend(on: printed)
        let text = printer.text(printed)
        if case .path(let path) = pipeline.input, isMissing(path, found: found, text: text, pipeline.filters) {
            throw .missing(path.description)
        }
        try write(text ?? "")
    }

    /// A property is missing when it is not there or blank and no default took its place, whatever other filters make
    /// of that; a name that the template gave may be blank.
    private func isMissing(_ path: VariablePath, found: JSONValue, text: String?, _ filters: [Filter]) -> Bool {
        guard let text else { return true }
        if filters.contains(where: { $0.name == .fallback }) { return false }
        if found.isNull { return true }
        return locals[path.root] == nil && (text.allSatisfy(\.isWhitespace) || found.string != nil && found.isBlank)
    }

    private mutating func value(of pipeline: Pipeline) throws(Stop) -> JSONValue {
        try apply(pipeline.filters, to: value(of: pipeline.input))
    }

    private mutating func apply(_ filters: [Filter], to input: JSONValue) throws(Stop) -> JSONValue {
        var value = input
        for filter in filters {
            var call = FilterCall(filter.name, arguments: [], allowsFalse: filter.allowsFalse, now: now, printer: printer)
            for argument in filter.arguments {
                let argument = try self.value(of: argument)
                try meter.spend(on: argument)
                call.arguments.append(argument)
            }
            try meter.spend(on: value)
            value = try call.result(of: value, limit: meter.limits.outputBytes)
        }
        return value
    }
}
