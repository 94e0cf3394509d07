import Core

/// How the vendor answers: 202 with the id, or a problem (RFC 9457) whose `type` names it.
enum VonageAnswer {
    static func accepted(_ id: MessageUUID) -> Answer {
        Answer(status: 202, body: ["message_uuid": .string(id.description)])
    }

    static func refused(_ refusal: Refusal, instance: String) -> Answer {
        switch refusal {
        case .unauthorized(let detail): problem(401, "api-errors#unauthorized", "Unauthorized", detail, instance: instance)
        case .tokenExpired: problem(401, "api-errors#jwt-expired", "Unauthorized", "The token has expired.", instance: instance)
        case .sender(let number):
            problem(
                422, "api-errors/messages#1120", "Invalid sender", "The from parameter \(number) is not a sender of this account.",
                instance: instance)
        case .invalid(let problems): invalid(problems, instance: instance)
        case .rateLimited: failure(429, instance: instance)
        case .status(let status): failure(status, instance: instance)
        case .code(let code): coded(code, instance: instance)
        case .mishap(let mishap):
            problem(
                422, "api-errors/messages#\(VonageCodes.of(mishap).title)", "Refused", VonageCodes.of(mishap).detail, instance: instance)
        }
    }

    /// 422 with the parameters at fault.
    private static func invalid(_ problems: InvalidParameters, instance: String) -> Answer {
        var answer = problem(
            422, "api-errors/messages#1150", "Invalid params", "The value of one or more parameters is invalid.",
            instance: instance)
        let faults = problems.faults.map { JSONValue.object(["name": .string($0.name), "reason": .string($0.reason)]) }
        answer.body = .object((answer.body.object ?? [:]).merging(["invalid_parameters": .array(faults)]) { $1 })
        return answer
    }

    /// The vendor's problem for a status, for injected failures and the rate limit.
    private static func failure(_ status: Int, instance: String) -> Answer {
        switch status {
        case 401: problem(401, "api-errors#unauthorized", "Unauthorized", VonageWire.hint, instance: instance)
        case 402: problem(402, "api-errors#low-balance", "Low balance", "This account has no credit left.", instance: instance)
        case 403: problem(403, "api-errors#forbidden", "Forbidden", "This account may not do this.", instance: instance)
        case 404: problem(404, "api-errors#not-found", "Not found", "The requested resource does not exist.", instance: instance)
        case 422: invalid(.init(faults: [.init(name: "to", reason: "refused as the sandbox was told")]), instance: instance)
        case 429:
            problem(
                429, "api-errors/messages#1010", "Rate limit hit", "Too many requests were sent in a second. Wait and try again.",
                instance: instance)
        case 500...:
            problem(
                status, "api-errors#internal-error", "Internal error", "There was an error processing your request.",
                instance: instance)
        default: problem(status, "api-errors#bad-request", "Bad request", "The request was refused.", instance: instance)
        }
    }

    /// A number belongs to the messages' own list, a word to the list of all products.
    private static func coded(_ code: String, instance: String) -> Answer {
        let status = VonageCodes.statuses[code] ?? 422
        let list = code.allSatisfy(\.isNumber) ? "api-errors/messages" : "api-errors"
        return problem(status, "\(list)#\(code)", code, "Refused as the sandbox was told.", instance: instance)
    }

    private static func problem(_ status: Int, _ type: String, _ title: String, _ detail: String, instance: String) -> Answer {
        Answer(
            status: status, contentType: "application/problem+json",
            body: [
                "type": .string("https://developer.vonage.com/\(type)"), "title": .string(title), "detail": .string(detail),
                "instance": .string(instance),
            ])
    }
}
