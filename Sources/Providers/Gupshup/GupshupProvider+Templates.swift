package import Core
package import WhatsApp

extension GupshupProvider {
    /// Pages are numbered from 0 (Gupshup, "Get templates").
    package func templateRequest(page: String?, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? {
        try appRequest("template?pageNo=\(page.flatMap(Int.init) ?? 0)&pageSize=\(Self.pageSize)", over: line)
    }

    private static let pageSize = 100

    /// A page that is full has a next one; a longer one is the whole list, from a server that knows no pages. An entry
    /// without a name is left out, for nothing can be done with it.
    package func templates(status: Int, body: [UInt8], page: String?) throws(SendFailure) -> TemplatePage {
        let answer = GupshupAnswer(body)
        guard (200..<300).contains(status), !answer.isError else { throw answer.failure(status: status) }
        guard let items = answer.json["templates"]?.array else {
            throw SendFailure(.retry, code: "unreadable_answer", summary: "Gupshup answered with no list of templates.")
        }
        let next = items.count == Self.pageSize ? String((page.flatMap(Int.init) ?? 0) + 1) : nil
        return TemplatePage(templates: items.compactMap(GupshupListing.template), next: next)
    }

    /// Asks for the app's business details, which costs nothing and sends nothing.
    package func checkRequest(over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? {
        try appRequest("business", over: line)
    }

    /// The facts are those of Gupshup's members that are known, on top or one level deeper.
    package func checkResult(status: Int, body: [UInt8]) -> ConnectionReport {
        let answer = GupshupAnswer(body)
        guard (200..<300).contains(status), !answer.isError else { return ConnectionReport(problem: answer.failure(status: status)) }
        guard let members = answer.json.object else {
            return ConnectionReport(
                problem: SendFailure(.retry, code: "unreadable_answer", summary: "Gupshup's answer about the app cannot be read."))
        }
        let places = [answer.json] + members.sorted { $0.key < $1.key }.map(\.value)
        let facts = Self.factNames.compactMap { name, fact in
            places.lazy.compactMap { $0[name]?.looseText }.first.map { (fact, $0.shortened(to: 100)) }
        }
        return ConnectionReport(problem: nil, facts: Dictionary(facts, uniquingKeysWith: { first, _ in first }))
    }

    private static let factNames = [
        ("phone", "phone"), ("displayName", "name"), ("verifiedName", "name"), ("phoneQuality", "quality"), ("quality", "quality"),
        ("messagingLimit", "messaging_limit"), ("currentLimit", "messaging_limit"), ("accountStatus", "account_status"),
    ]

    private func appRequest(_ path: String, over line: Line) throws(SendFailure) -> ProviderRequest {
        guard let key = line.credentials["api_key"], let id = line.credentials["app_id"], Self.isAppID(id) else {
            throw SendFailure(
                .haltChannel, code: "no_credentials", summary: "The channel has no api_key or no app_id, which this needs besides sending.")
        }
        return ProviderRequest(
            .get, url: "\(line.baseURL)/wa/app/\(id)/\(path)", headers: ["apikey": key, "accept": "application/json"])
    }
}
