import Core

extension Behaviour {
    private enum Field: Sendable {
        case milliseconds(any WritableKeyPath<Behaviour, Int> & Sendable)
        case count(any WritableKeyPath<Behaviour, Int> & Sendable, ClosedRange<Int>)
        case share(any WritableKeyPath<Behaviour, Double> & Sendable)
        case flag(any WritableKeyPath<Behaviour, Bool> & Sendable)
        case texts, failure
    }

    private static let fields: [String: Field] = [
        "answer_delay_ms": .milliseconds(\.answerDelayMS), "callback_delay_ms": .milliseconds(\.callbackDelayMS),
        "deliver_delay_ms": .milliseconds(\.deliverDelayMS), "read_delay_ms": .milliseconds(\.readDelayMS),
        "reply_delay_ms": .milliseconds(\.replyDelayMS), "deliver_rate": .share(\.deliverRate),
        "read_rate": .share(\.readRate), "reply_rate": .share(\.replyRate), "quote_rate": .share(\.quoteRate),
        "undeliverable_rate": .share(\.undeliverableRate), "error_rate": .share(\.errorRate),
        "lose_answer_rate": .share(\.loseAnswerRate), "duplicate_rate": .share(\.duplicateRate),
        "rate_limit_per_second": .count(\.rateLimitPerSecond, 0...1_000_000), "error_status": .count(\.errorStatus, 400...599),
        "shuffle": .flag(\.shufflesCallbacks), "early_callbacks": .flag(\.hasEarlyCallbacks),
        "callback_retry_scale": .share(\.callbackRetryScale), "reply_texts": .texts, "fail_error": .failure,
    ]

    /// This behaviour with the given keys changed; the others stay as they are.
    /// - Throws: for an unknown key or a value out of its range; then nothing is to be changed.
    func changed(by json: JSONValue) throws(InputError) -> Behaviour {
        let members = try json.members(allowing: Set(Self.fields.keys))
        var changed = self
        for (key, value) in members {
            if let field = Self.fields[key] { try changed.set(field, key, value) }
        }
        return changed
    }

    private mutating func set(_ field: Field, _ key: String, _ value: JSONValue) throws(InputError) {
        switch field {
        case .milliseconds(let path): self[keyPath: path] = try Self.whole(value, key, 0...3_600_000)
        case .count(let path, let range): self[keyPath: path] = try Self.whole(value, key, range)
        case .share(let path):
            guard let number = value.number, (0...1).contains(number) else { throw Self.refusal(key, "a number from 0 to 1") }
            self[keyPath: path] = number
        case .flag(let path):
            guard let flag = value.bool else { throw Self.refusal(key, "true or false") }
            self[keyPath: path] = flag
        case .texts: replyTexts = try Self.texts(value, key)
        case .failure: failure = try DeliveryFailure(value)
        }
    }

    private static func whole(_ value: JSONValue, _ key: String, _ range: ClosedRange<Int>) throws(InputError) -> Int {
        guard let number = value.int.flatMap(Int.init(exactly:)), range.contains(number) else {
            throw refusal(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func texts(_ value: JSONValue, _ key: String) throws(InputError) -> [String] {
        let texts = value.array?.compactMap(\.string).filter { (1...4096).contains($0.utf8.count) } ?? []
        guard (1...100).contains(texts.count), texts.count == value.array?.count else {
            throw refusal(key, "a list of 1 to 100 texts of 1 to 4096 bytes")
        }
        return texts
    }

    private static func refusal(_ key: String, _ rule: String) -> InputError {
        InputError(code: "invalid_value", field: key, "\(key) is \(rule)")
    }

    /// Everything, in the form that `changed(by:)` takes.
    var json: JSONValue {
        .object(
            Self.fields.mapValues { field in
                switch field {
                case .milliseconds(let path), .count(let path, _): .int(Int64(self[keyPath: path]))
                case .share(let path): .double(self[keyPath: path])
                case .flag(let path): .bool(self[keyPath: path])
                case .texts: .array(replyTexts.map(JSONValue.string))
                case .failure: failure.json
                }
            })
    }
}

extension DeliveryFailure {
    /// Reads `{title?, code?, detail?, status?}`; title and code are texts or whole numbers, one stands for both.
    init(_ json: JSONValue) throws(InputError) {
        let members = try json.members(allowing: ["title", "code", "detail", "status"])
        self.init()
        code = try Self.label(members, "code")
        if let text = try Self.label(members, "title") ?? code { title = members["title"]?.int.map(JSONValue.int) ?? .string(text) }
        if let text = try members.optionalText("detail", 1...1000) { detail = text }
        guard let status = try members.optionalText("status", 1...20) else { return }
        guard let word = Word(rawValue: status) else {
            throw InputError(code: "invalid_value", field: "fail_error.status", "status is undeliverable or rejected")
        }
        self.word = word
    }

    private static func label(_ members: [String: JSONValue], _ key: String) throws(InputError) -> String? {
        if let number = members[key]?.int { return String(number) }
        return try members.optionalText(key, 1...100)
    }

    var json: JSONValue {
        ["title": title, "code": JSONValue(code), "detail": .string(detail), "status": .string(word.rawValue)]
    }

    /// The `error` object of a status callback.
    func error(instance: String) -> JSONValue {
        let anchor = code ?? title.string ?? title.text
        return [
            "type": .string("https://developer.vonage.com/api-errors/messages#\(anchor)"), "title": title,
            "detail": .string(detail), "instance": .string(instance),
        ]
    }
}
