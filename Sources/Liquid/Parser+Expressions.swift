import Core

extension Parser {
    mutating func pipeline() throws(LiquidError) -> Pipeline {
        var pipeline = Pipeline(input: try expression(), filters: [])
        while cursor.take("|") { pipeline.filters.append(try filter()) }
        return pipeline
    }

    mutating func condition() throws(LiquidError) -> Condition {
        var condition = Condition(terms: [try term()])
        while true {
            if takeWord("and") { condition.joins.append(.and) } else if takeWord("or") { condition.joins.append(.or) } else { break }
            condition.terms.append(try term())
        }
        return condition
    }

    private mutating func term() throws(LiquidError) -> Term {
        let left = try expression()
        for comparison in Comparison.allCases {
            let sign = comparison.rawValue
            guard comparison == .contains ? takeWord(sign) : cursor.take(sign) else { continue }
            return .comparison(left, comparison, try expression())
        }
        return .truth(left)
    }

    mutating func expression() throws(LiquidError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 2 * Self.depthLimit else { throw cursor.error("Brackets are nested more than \(Self.depthLimit) deep.") }
        cursor.skipBlanks()
        switch cursor.peek() {
        case "\"", "'": return .literal(.string(try quoted()))
        case "(": return try range()
        case "-": return try number()
        case let scalar? where scalar.isASCIIDigit: return try number()
        default: return try named()
        }
    }

    private mutating func quoted() throws(LiquidError) -> String {
        let (start, quote) = (cursor.position + 1, cursor.peek())
        repeat { cursor.position += 1 } while !cursor.isAtEnd && cursor.peek() != quote
        guard !cursor.isAtEnd else { throw cursor.error("A text in quotes does not end.", at: start - 1) }
        defer { cursor.position += 1 }
        return cursor.text(start..<cursor.position)
    }

    private mutating func range() throws(LiquidError) -> Expression {
        _ = cursor.take("(")
        let from = try expression()
        guard cursor.take("..") else { throw cursor.error("A range is written (1..5); conditions take no brackets.") }
        let to = try expression()
        guard cursor.take(")") else { throw cursor.error("A range is written (1..5); its closing bracket is missing.") }
        return .range(from, to)
    }

    private mutating func number() throws(LiquidError) -> Expression {
        let start = cursor.position
        if cursor.peek() == "-" { cursor.position += 1 }
        skipDigits()
        if cursor.peek() == ".", cursor.peek(1)?.isASCIIDigit == true {
            cursor.position += 1
            skipDigits()
        }
        let text = cursor.text(start..<cursor.position)
        if let whole = Int64(text) { return .literal(.int(whole)) }
        guard let number = Double(text) else { throw cursor.error("\(text) is no number.", at: start) }
        return .literal(.double(number))
    }

    private mutating func skipDigits() { while cursor.peek()?.isASCIIDigit == true { cursor.position += 1 } }

    private mutating func named() throws(LiquidError) -> Expression {
        let word = cursor.word()
        switch word {
        case "": throw cursor.error("A value is missing here: a property as in Profile.Name, a text in quotes or a number.")
        case "true": return .literal(true)
        case "false": return .literal(false)
        case "nil", "null": return .literal(.null)
        case "empty": return .empty
        case "blank": return .blank
        default: return .path(VariablePath(root: word, steps: try steps(after: word)))
        }
    }

    private mutating func steps(after root: String) throws(LiquidError) -> [VariablePath.Step] {
        var steps: [VariablePath.Step] = []
        while true {
            if cursor.peek() == ".", cursor.peek(1) != "." {
                cursor.position += 1
                let name = cursor.word()
                guard !name.isEmpty else { throw cursor.error("A property's name is missing after \(root). and its dot.") }
                steps.append(.name(name))
            } else if cursor.peek() == "[" {
                cursor.position += 1
                steps.append(.index(try expression()))
                guard cursor.take("]") else {
                    throw cursor.error(#"A property with blanks in its name is written Profile["Customer Type"]."#)
                }
            } else {
                return steps
            }
        }
    }

    /// Steps over a word if it is this one.
    mutating func takeWord(_ wanted: String) -> Bool {
        cursor.skipBlanks()
        let place = cursor.position
        if cursor.word() == wanted { return true }
        cursor.position = place
        return false
    }

    private mutating func filter() throws(LiquidError) -> Filter {
        cursor.skipBlanks()
        let (place, word) = (cursor.position, cursor.word())
        guard let name = FilterName(rawValue: word) else {
            throw cursor.error("There is no filter \(word.isEmpty ? "without a name" : word). Known are: \(FilterName.list).", at: place)
        }
        var filter = Filter(name: name, arguments: [])
        if cursor.take(":") { repeat { try argument(of: &filter) } while cursor.take(",") }
        guard name.arguments.contains(filter.arguments.count) else { throw cursor.error(Self.rule(of: name), at: place) }
        if name == .truncate || name == .truncatewords, case .literal(let limit) = filter.arguments.first, (limit.int ?? 0) < 1 {
            throw cursor.error("\(word) takes how much is kept, a whole number from 1.", at: place)
        }
        return filter
    }

    private mutating func argument(of filter: inout Filter) throws(LiquidError) {
        if filter.name == .fallback, !filter.arguments.isEmpty, takeWord("allow_false"), cursor.take(":") {
            guard case .literal(.bool(let flag)) = try expression() else { throw cursor.error("allow_false is true or false.") }
            filter.allowsFalse = flag
        } else {
            filter.arguments.append(try expression())
        }
    }

    private static func rule(of name: FilterName) -> String {
        let (least, most) = (name.arguments.lowerBound, name.arguments.upperBound)
        let count = least == most ? "\(least)" : "\(least) to \(most)"
        return "The filter \(name.rawValue) takes \(most == 0 ? "no value" : most == 1 && least == 1 ? "one value" : "\(count) values")."
    }
}
