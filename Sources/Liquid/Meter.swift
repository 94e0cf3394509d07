import Core

/// Why a rendering ends before the template does.
enum Stop: Error {
    case aborted
    case missing(String)
    case timedOut
}

/// Counts what a rendering does against its limits.
struct Meter {
    let limits: RenderLimits
    private var stepsLeft: Int
    private var bytesLeft: Int

    init(_ limits: RenderLimits) { (self.limits, stepsLeft, bytesLeft) = (limits, limits.steps, limits.outputBytes) }

    mutating func spend(_ steps: Int = 1) throws(Stop) {
        stepsLeft -= steps
        if stepsLeft < 0 { throw .timedOut }
    }

    /// For work that grows with a value.
    mutating func spend(on value: JSONValue) throws(Stop) {
        switch value {
        case .string(let text): try spend(1 + text.utf8.count / 64)
        case .array(let items): try spend(1 + items.count / 8)
        default: try spend()
        }
    }

    mutating func write(_ text: String, to output: inout String) throws(Stop) {
        bytesLeft -= text.utf8.count
        if bytesLeft < 0 { throw .timedOut }
        output += text
    }
}
