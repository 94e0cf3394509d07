import Core

/// A filter with its values, about to be applied.
struct FilterCall {
    let name: FilterName
    var arguments: [JSONValue]
    let allowsFalse: Bool
    let now: Timestamp
    let printer: ValuePrinter

    init(_ name: FilterName, arguments: [JSONValue], allowsFalse: Bool, now: Timestamp, printer: ValuePrinter) {
        (self.name, self.arguments, self.allowsFalse, self.now, self.printer) = (name, arguments, allowsFalse, now, printer)
    }

    /// - Parameter limit: bytes that a text may have afterwards.
    func result(of value: JSONValue, limit: Int) throws(Stop) -> JSONValue {
        let result = try apply(to: value, limit: limit)
        if let text = result.string, text.utf8.count > limit { throw .timedOut }
        return result
    }

    private func apply(to value: JSONValue, limit: Int) throws(Stop) -> JSONValue {
        switch name {
        case .fallback: isNothing(value) ? argument(0) : value
        case .date: date(value)
        case .plus, .minus, .times, .dividedBy, .modulo, .round, .ceil, .floor, .abs, .atLeast, .atMost: numeric(value)
        case .split, .first, .last, .size, .sort, .uniq, .reverse: list(value)
        case .slice: slice(value)
        case .join: try join(value, limit: limit)
        case .replace, .replaceFirst, .remove, .removeFirst: try replaced(text(value), limit: limit)
        default: .string(textual(text(value)))
        }
    }

    func argument(_ index: Int) -> JSONValue { index < arguments.count ? arguments[index] : .null }

    /// What is printed for a value; nothing for null.
    func text(_ value: JSONValue) -> String { printer.text(value) ?? "" }

    func textArgument(_ index: Int, default fallback: String = "") -> String {
        index < arguments.count ? text(arguments[index]) : fallback
    }

    func numberArgument(_ index: Int, default fallback: Int) -> Int {
        index < arguments.count ? Int(clamping: Number(arguments[index]).whole) : fallback
    }

    /// What `default` replaces.
    private func isNothing(_ value: JSONValue) -> Bool { value.isBlank && !(allowsFalse && value == .bool(false)) }
}
