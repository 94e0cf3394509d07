import Core

/// Reads a template. Each kind of tag has its function in `Parser+Tags.swift`.
struct Parser {
    static let depthLimit = 50

    var cursor: Cursor
    var depth = 0
    var loopDepth = 0
    /// Whether the last tag ended with a dash, so that blanks after it go.
    private var trimsNext = false

    init(_ text: String) { cursor = Cursor(text) }

    mutating func template() throws(LiquidError) -> [Node] { try block(until: [], of: nil, at: 0).body }

    /// The nodes up to the first tag of one of these names. Of that one only the name has been read.
    /// - Parameters:
    ///   - opener: the tag that this is the body of; nil for the whole template.
    ///   - start: where it stands.
    mutating func block(until ends: [String], of opener: String?, at start: Int) throws(LiquidError) -> (body: [Node], end: String) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw cursor.error("Tags are nested more than \(Self.depthLimit) deep.", at: start) }
        var nodes: [Node] = []
        while true {
            if let text = fixedText() { nodes.append(.text(text)) }
            guard !cursor.isAtEnd else { break }
            let place = cursor.position
            guard openTag() else {
                nodes.append(.output(try output()))
                continue
            }
            let name = cursor.word()
            if ends.contains(name) { return (nodes, name) }
            if let node = try tag(name, at: place) { nodes.append(node.withoutBlankInside) }
        }
        guard let opener else { return (nodes, "") }
        throw cursor.error("The tag \(opener) is not closed; {% end\(opener) %} is missing.", at: start)
    }

    /// Up to the next tag or the end; nil when there is none.
    private mutating func fixedText() -> String? {
        var start = cursor.position
        while !cursor.isAtEnd, !(cursor.peek() == "{" && (cursor.peek(1) == "{" || cursor.peek(1) == "%")) { cursor.position += 1 }
        var end = cursor.position
        let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        if trimsNext { while start < end, isBlank(cursor.scalars[start]) { start += 1 } }
        if cursor.peek(2) == "-" { while end > start, isBlank(cursor.scalars[end - 1]) { end -= 1 } }
        trimsNext = false
        return start < end ? cursor.text(start..<end) : nil
    }

    /// Steps over `{{` or `{%`; whether it is the latter.
    private mutating func openTag() -> Bool {
        let isTag = cursor.peek(1) == "%"
        cursor.position += cursor.peek(2) == "-" ? 3 : 2
        if isTag { cursor.skipBlanks() }
        return isTag
    }

    private mutating func output() throws(LiquidError) -> Pipeline {
        let pipeline = try pipeline()
        guard close("}}") else {
            throw cursor.error("An output ends with }} or goes on with | and a filter, as in \(Self.example).")
        }
        return pipeline
    }

    /// The end of a tag whose name and values have been read.
    mutating func close(after name: String) throws(LiquidError) {
        guard close("%}") else { throw cursor.error("The tag \(name) does not end where it should; %} is expected here.") }
    }

    private mutating func close(_ sign: String) -> Bool {
        if cursor.take("-\(sign)") {
            trimsNext = true
            return true
        }
        return cursor.take(sign)
    }

    /// Steps over everything up to the end of `{% endraw %}` or the like.
    /// - Returns: what stood before it.
    mutating func skip(to end: String, of opener: String, at place: Int) throws(LiquidError) -> String {
        let start = cursor.position
        trimsNext = false
        while !cursor.isAtEnd {
            let stop = cursor.position
            if cursor.isAt("{%") {
                _ = openTag()
                if cursor.word() == end, close("%}") { return cursor.text(start..<stop) }
            }
            cursor.position = stop + 1
        }
        throw cursor.error("The tag \(opener) is not closed; {% \(end) %} is missing.", at: place)
    }

    static let example = #"{{ Profile.Name | default: "there" }}"#
}
