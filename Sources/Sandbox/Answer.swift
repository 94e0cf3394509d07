import Core

/// What a send request is answered with.
struct Answer: Sendable {
    var status: Int
    var contentType = "application/problem+json"
    var body: JSONValue

    /// 202 with the message's id.
    static func accepted(_ id: MessageUUID) -> Answer {
        Answer(status: 202, contentType: "application/json", body: ["message_uuid": .string(id.description)])
    }

    /// 401. Application tokens (RS256) are a later step of this sandbox and are refused by this, too.
    static func unauthorized(hasToken: Bool, instance: String) -> Answer {
        problem(
            401, "api-errors#unauthorized", "Unauthorized",
            hasToken
                ? "This sandbox does not take Bearer tokens yet. Use HTTP Basic with the account's key and secret."
                : "You did not provide correct credentials. Use HTTP Basic with the account's key and secret.",
            instance: instance)
    }

    /// 422 with the parameters at fault.
    static func invalid(_ problems: InvalidParameters, instance: String) -> Answer {
        var answer = problem(
            422, "api-errors/messages#1150", "Invalid params", "The value of one or more parameters is invalid.",
            instance: instance)
        let faults = problems.faults.map { JSONValue.object(["name": .string($0.name), "reason": .string($0.reason)]) }
        answer.body = .object((answer.body.object ?? [:]).merging(["invalid_parameters": .array(faults)]) { $1 })
        return answer
    }

    static func invalidSender(_ number: String, instance: String) -> Answer {
        problem(
            422, "api-errors/messages#1120", "Invalid sender", "The from parameter \(number) is not a sender of this account.",
            instance: instance)
    }

    /// The vendor's problem for a status, for injected failures and the rate limit.
    static func failure(_ status: Int, instance: String) -> Answer {
        switch status {
        case 401: unauthorized(hasToken: false, instance: instance)
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

    private static func problem(_ status: Int, _ type: String, _ title: String, _ detail: String, instance: String) -> Answer {
        Answer(
            status: status,
            body: [
                "type": .string("https://developer.vonage.com/\(type)"), "title": .string(title), "detail": .string(detail),
                "instance": .string(instance),
            ])
    }
}
