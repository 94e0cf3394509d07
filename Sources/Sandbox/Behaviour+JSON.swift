import Core

extension Behaviour {
    private enum Field: Sendable {
        case milliseconds(any WritableKeyPath<Behaviour, Int> & Sendable)
        case count(any WritableKeyPath<Behaviour, Int> & Sendable, ClosedRange<Int>)
        case share(any WritableKeyPath<Behaviour, Double> & Sendable)
        case flag(any WritableKeyPath<Behaviour, Bool> & Sendable)
        case code(any WritableKeyPath<Behaviour, String?> & Sendable)
        case texts, failure, fault, takes, address
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
        "fail_code": .code(\.failCode), "refuse_code": .code(\.refuseCode), "refuse_rate": .share(\.refuseRate),
        "token_expired": .flag(\.isTokenExpired), "retry_after_s": .count(\.retryAfterS, 0...86_400),
        "answer_fault": .fault, "answer_fault_rate": .share(\.answerFaultRate), "answer_fault_takes": .takes,
        "redirect_to": .address, "pair_limit_seconds": .count(\.pairLimitSeconds, 0...86_400),
        "tier_limit": .count(\.tierLimit, 0...1_000_000), "unreachable_rate": .share(\.unreachableRate),
        "opt_out_rate": .share(\.optOutRate), "marketing_cap_rate": .share(\.marketingCapRate),
        "late_callbacks_ms": .milliseconds(\.lateCallbacksMS), "second_id_rate": .share(\.secondIDRate),
        "inbound_ids": .flag(\.hasInboundIDs),
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
        case .code(let path): self[keyPath: path] = try Self.code(value, key)
        case .fault: answerFault = try Self.fault(value, key)
        case .takes:
            guard value.isNull || value.bool != nil else { throw Self.refusal(key, "true, false or null") }
            answerFaultTakes = value.bool
        case .address: redirectTo = try [key: value].text(key, 1...2000)
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

    private static func code(_ value: JSONValue, _ key: String) throws(InputError) -> String? {
        if value.isNull { return nil }
        if let number = value.int { return String(number) }
        guard let text = value.string, (1...100).contains(text.utf8.count) else {
            throw refusal(key, "a text of 1 to 100 bytes, a whole number or null")
        }
        return text
    }

    private static func fault(_ value: JSONValue, _ key: String) throws(InputError) -> AnswerFault {
        guard let fault = value.string.flatMap(AnswerFault.init) else {
            throw refusal(key, "one of " + AnswerFault.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return fault
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
                case .code(let path): JSONValue(self[keyPath: path])
                case .fault: .string(answerFault.rawValue)
                case .takes: answerFaultTakes.map(JSONValue.bool) ?? .null
                case .address: .string(redirectTo)
                }
            })
    }
}
