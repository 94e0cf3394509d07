import Core

extension Parser {
    static let tags = [
        "if", "unless", "case", "for", "tablerow", "break", "continue", "assign", "capture", "raw", "comment", "abort",
    ]

    /// Nil for a tag that leaves nothing.
    mutating func tag(_ name: String, at place: Int) throws(LiquidError) -> Node? {
        switch name {
        case "if", "unless": try choice(name, at: place)
        case "case": try cases(at: place)
        case "for": try loop(name, .list, at: place)
        case "tablerow": try loop(name, .table(columns: nil), at: place)
        case "break", "continue": try interrupt(name, at: place)
        case "assign": try assignment()
        case "capture": try capture(at: place)
        case "raw": try raw(at: place)
        case "comment": try comment(at: place)
        case "abort": try abort()
        case "endif", "endunless", "endcase", "endfor", "endtablerow", "endcapture", "endraw", "endcomment", "else", "elsif", "when":
            throw cursor.error("The tag \(name) belongs to none here.", at: place)
        default:
            throw cursor.error(
                "There is no tag \(name.isEmpty ? "without a name" : name). Known are: \(Self.tags.joined(separator: ", ")).", at: place)
        }
    }

    private mutating func choice(_ name: String, at place: Int) throws(LiquidError) -> Node {
        let ends = ["elsif", "else", "end\(name)"]
        var (arms, otherwise, end) = ([Arm](), [Node](), "")
        repeat {
            var condition = try condition()
            condition.isNegated = arms.isEmpty && name == "unless"
            try close(after: end.isEmpty ? name : end)
            let (body, next) = try block(until: ends, of: name, at: place)
            arms.append(Arm(condition: condition, body: body))
            end = next
        } while end == "elsif"
        if end == "else" { otherwise = try lastBlock(of: name, at: place) } else { try close(after: end) }
        return .choice(arms, otherwise: otherwise)
    }

    private mutating func cases(at place: Int) throws(LiquidError) -> Node {
        let subject = try expression()
        try close(after: "case")
        let ends = ["when", "else", "endcase"]
        // What stands before the first `when` is never shown.
        var (arms, otherwise, end) = ([Arm](), [Node](), try block(until: ends, of: "case", at: place).end)
        while end == "when" {
            let condition = try choices(for: subject)
            try close(after: "when")
            let (body, next) = try block(until: ends, of: "case", at: place)
            arms.append(Arm(condition: condition, body: body))
            end = next
        }
        if end == "else" { otherwise = try lastBlock(of: "case", at: place) } else { try close(after: end) }
        return .choice(arms, otherwise: otherwise)
    }

    /// The values of a `when`, with commas or `or` between.
    private mutating func choices(for subject: Expression) throws(LiquidError) -> Condition {
        var terms: [Term] = []
        repeat { terms.append(.comparison(subject, .equal, try expression())) } while cursor.take(",") || takeWord("or")
        return Condition(terms: terms, joins: Array(repeating: .or, count: terms.count - 1))
    }

    /// After `else`, up to the end of its tag.
    private mutating func lastBlock(of name: String, at place: Int) throws(LiquidError) -> [Node] {
        try close(after: "else")
        let (body, end) = try block(until: ["end\(name)"], of: name, at: place)
        try close(after: end)
        return body
    }

    private mutating func loop(_ name: String, _ kind: Loop.Kind, at place: Int) throws(LiquidError) -> Node {
        let variable = try newName(after: name)
        guard takeWord("in") else { throw cursor.error("A loop is written {% \(name) item in Profile.List %}; its in is missing.") }
        var loop = Loop(kind: kind, variable: variable, items: try expression())
        while try modifier(of: &loop, name) {}
        try close(after: name)
        loopDepth += 1
        defer { loopDepth -= 1 }
        let ends = name == "for" ? ["else", "endfor"] : ["endtablerow"]
        let (body, end) = try block(until: ends, of: name, at: place)
        loop.body = body
        if end == "else" { loop.otherwise = try lastBlock(of: name, at: place) } else { try close(after: end) }
        return .loop(loop)
    }

    /// `reversed`, `limit: 2`, `offset: 1`, `cols: 3`; false when none comes.
    private mutating func modifier(of loop: inout Loop, _ name: String) throws(LiquidError) -> Bool {
        _ = cursor.take(",")
        cursor.skipBlanks()
        let (place, word) = (cursor.position, cursor.word())
        switch (word, loop.kind) {
        case ("", _): return false
        case ("reversed", .list): loop.isReversed = true
        case ("limit", _) where cursor.take(":"): loop.limit = try expression()
        case ("offset", _) where cursor.take(":"): loop.offset = try expression()
        case ("cols", .table) where cursor.take(":"): loop.kind = .table(columns: try expression())
        default:
            let known = name == "for" ? "reversed, limit: 2 and offset: 1" : "cols: 3, limit: 2 and offset: 1"
            throw cursor.error("\(word) is not known here; after what it goes through, \(name) takes \(known).", at: place)
        }
        return true
    }

    private mutating func interrupt(_ name: String, at place: Int) throws(LiquidError) -> Node {
        guard loopDepth > 0 else { throw cursor.error("The tag \(name) stands inside a for.", at: place) }
        try close(after: name)
        return .leave(name == "break" ? .endLoop : .nextTurn)
    }

    private mutating func assignment() throws(LiquidError) -> Node {
        let name = try newName(after: "assign")
        guard cursor.take("=") else { throw cursor.error(#"A value is named as in {% assign city = Profile.City | default: "Pune" %}."#) }
        let value = try pipeline()
        try close(after: "assign")
        return .assign(name, value)
    }

    private mutating func capture(at place: Int) throws(LiquidError) -> Node {
        let name = try newName(after: "capture")
        try close(after: "capture")
        let (body, end) = try block(until: ["endcapture"], of: "capture", at: place)
        try close(after: end)
        return .capture(name, body)
    }

    private mutating func raw(at place: Int) throws(LiquidError) -> Node? {
        try close(after: "raw")
        let text = try skip(to: "endraw", of: "raw", at: place)
        return text.isEmpty ? nil : .text(text)
    }

    private mutating func comment(at place: Int) throws(LiquidError) -> Node? {
        try close(after: "comment")
        _ = try skip(to: "endcomment", of: "comment", at: place)
        return nil
    }

    private mutating func abort() throws(LiquidError) -> Node {
        try close(after: "abort")
        return .abort
    }

    private mutating func newName(after tag: String) throws(LiquidError) -> String {
        cursor.skipBlanks()
        let (place, name) = (cursor.position, cursor.word())
        guard let first = name.unicodeScalars.first, !first.isASCIIDigit, first != "-" else {
            throw cursor.error("After \(tag) comes a name, which begins with a letter.", at: place)
        }
        return name
    }
}
