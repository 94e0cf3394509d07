import Core

extension WorldState {
    /// Takes one send request, which ends in exactly one line of the log.
    /// - Parameter request: what the wire read in the call.
    mutating func receive(_ call: Call, _ request: Result<SendRequest, InvalidParameters>, by wire: any Wire) -> Reception {
        let now = clock.now()
        let account = wire.account(of: call, in: accounts)
        var entry = RequestLog.Entry(at: now, vendor: wire.vendor, account: (try? account.get())?.key, request)
        defer { log.append(entry) }
        do {
            return try take(account, request, by: wire, now, &entry)
        } catch {
            let answer = refused(error, by: wire)
            entry.status = answer.status
            return Reception(answer: answer, delay: answerDelay)
        }
    }

    private mutating func take(
        _ account: Result<SandboxAccount, Refusal>, _ request: Result<SendRequest, InvalidParameters>, by wire: any Wire,
        _ now: Timestamp, _ entry: inout RequestLog.Entry
    ) throws(Refusal) -> Reception {
        let account = try account.get()
        var (request, mishap) = try admit(request, from: account, by: wire, now)
        if mishap == nil { mishap = try judge(&request, account, wire) }
        entry.content = request.content
        let isSpoilt = behaviour.answerFault != .none && random.chance(behaviour.answerFaultRate)
        let fault = isSpoilt ? behaviour.answerFault : .none
        let isTaken = fault == .none || behaviour.answerFaultTakes ?? fault.takesMessage
        return isTaken
            ? deliver(request, for: account, by: wire, mishap, fault, &entry) : ignore(fault, by: wire, &entry)
    }

    /// - Parameter mishap: why the vendor will not pass it on.
    private mutating func deliver(
        _ request: SendRequest, for account: SandboxAccount, by wire: any Wire, _ mishap: Mishap?, _ fault: AnswerFault,
        _ entry: inout RequestLog.Entry
    ) -> Reception {
        let message = accept(request, for: account, by: wire)
        let answer = wire.accepted(message, request)
        (entry.messageUUID, entry.status, entry.fault) = (message.id, answer.status, fault)
        entry.isLost = fault.isSilent || random.chance(behaviour.loseAnswerRate)
        callbacks.open += 1
        let steps = Journey.plan(
            behaviour, course: wire.course, doomed: mishap, isMarketing: message.isTemplate, random: random)
        return Reception(
            answer: fault == .errorIn200 ? disguisedError(as: answer.status, by: wire) : answer, delay: answerDelay,
            isLost: entry.isLost, accepted: .init(message: message, steps: steps), isEarly: behaviour.hasEarlyCallbacks,
            fault: fault, redirect: behaviour.redirectTo)
    }

    /// A wrong answer to a message that goes nowhere.
    private func ignore(_ fault: AnswerFault, by wire: any Wire, _ entry: inout RequestLog.Entry) -> Reception {
        let answer = disguisedError(as: 200, by: wire)
        (entry.status, entry.fault) = (fault == .redirect ? 307 : answer.status, fault)
        return Reception(answer: answer, delay: answerDelay, isLost: fault.isSilent, fault: fault, redirect: behaviour.redirectTo)
    }

    /// The checks that come before the vendor knows what the message says. Limits that the vendor reports later come back
    /// as a mishap.
    private mutating func admit(
        _ request: Result<SendRequest, InvalidParameters>, from account: SandboxAccount, by wire: any Wire, _ now: Timestamp
    ) throws(Refusal) -> (SendRequest, Mishap?) {
        if behaviour.isTokenExpired { throw .tokenExpired }
        if limits.isOverRate(account.key, behaviour, now: now) { throw .rateLimited }
        if random.chance(behaviour.errorRate) { throw .status(behaviour.errorStatus) }
        if let code = behaviour.refuseCode, random.chance(behaviour.refuseRate) { throw .code(code) }
        switch request {
        case .failure(let problems): throw .invalid(problems)
        case .success(let request):
            if let number = account.number, let from = request.from, number != from { throw .sender(from) }
            let mishap = limits.mishap(account.key, request.to, behaviour, now: now)
            if let mishap, wire.refusesAtOnce(mishap) { throw .mishap(mishap) }
            return (request, mishap)
        }
    }

    private func judge(_ request: inout SendRequest, _ account: SandboxAccount, _ wire: any Wire) throws(Refusal) -> Mishap? {
        guard let use = request.template, let book = templates[account.key] else { return nil }
        let (mishap, content) = book.judge(use, request.content)
        request.content = content
        if let mishap, wire.refusesAtOnce(mishap) { throw .mishap(mishap) }
        return mishap
    }

    private mutating func accept(_ request: SendRequest, for account: SandboxAccount, by wire: any Wire) -> Message {
        let message = Message(
            id: MessageUUID(random), direction: .toPhone, vendor: wire.vendor, account: account.key,
            business: request.from ?? account.number ?? "", phone: request.to, clientRef: request.clientRef,
            isTemplate: request.template != nil, at: clock.now(), quoted: nil, generation: generation, number: phones.nextNumber)
        phones.append(message, request.content)
        return message
    }

    private func refused(_ refusal: Refusal, by wire: any Wire) -> Answer {
        var answer = wire.refused(refusal, trace: MessageUUID(random))
        if answer.status == 429, behaviour.retryAfterS > 0 { answer.retryAfter = behaviour.retryAfterS }
        return answer
    }

    private func disguisedError(as status: Int, by wire: any Wire) -> Answer {
        var answer = refused(.status(500), by: wire)
        answer.status = status
        return answer
    }

    private var answerDelay: Duration { .milliseconds(behaviour.answerDelayMS) }
}

extension RequestLog.Entry {
    /// Of a malformed request, what can be read. The status is one of success until someone refuses.
    fileprivate init(at time: Timestamp, vendor: Vendor, account: String?, _ request: Result<SendRequest, InvalidParameters>) {
        switch request {
        case .success(let request):
            self.init(
                at: time, vendor: vendor, account: account, to: request.to, clientRef: request.clientRef,
                messageType: request.messageType, content: request.content, fingerprint: request.fingerprint, status: 202)
        case .failure(let problems):
            self.init(
                at: time, vendor: vendor, account: account, to: problems.glimpse.to, clientRef: problems.glimpse.clientRef,
                messageType: problems.glimpse.messageType, content: nil, fingerprint: nil, status: 202)
        }
    }
}

/// What to do about one send request.
struct Reception: Sendable {
    struct Accepted: Sendable {
        let message: Message
        let steps: [Journey.Step]
    }

    let answer: Answer
    let delay: Duration
    /// Close the connection instead of answering.
    var isLost = false
    var accepted: Accepted?
    /// Post the first callback before answering.
    var isEarly = false
    /// What to do to the answer.
    var fault = AnswerFault.none
    /// Where the fault `redirect` leads.
    var redirect = ""
}
