package import Core
package import WhatsApp

extension GupshupEnterpriseProvider {
    /// A page begins at an offset. The vendor shows the call as GET; the gateway takes the same fields as a form, which keeps
    /// the password out of addresses.
    package func templateRequest(page: String?, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? {
        try listRequest(limit: 100, offset: page.flatMap(Int.init) ?? 0, over: line)
    }

    /// Every template that has a name and a language; the rest cannot be addressed. There is a next page as long as the
    /// answer has entries and the total, which it carries, is not reached.
    package func templates(status: Int, body: [UInt8], page: String?) throws(SendFailure) -> TemplatePage {
        let json = try list(status: status, body: body)
        let (items, total) = (json["data"]?.array ?? [], json["meta"]?["total"]?.looseInt ?? 0)
        let end = (page.flatMap(Int.init) ?? 0) + items.count
        return TemplatePage(
            templates: items.compactMap(GupshupEnterpriseTemplate.listed), next: items.isEmpty || end >= total ? nil : String(end))
    }

    /// The list of templates, cut to one: it sends nothing and needs the account's credentials.
    package func checkRequest(over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? {
        try listRequest(limit: 1, offset: 0, over: line)
    }

    package func checkResult(status: Int, body: [UInt8]) -> ConnectionReport {
        do throws(SendFailure) {
            let total = try list(status: status, body: body)["meta"]?["total"]?.looseText
            return ConnectionReport(problem: nil, facts: total.map { ["templates": $0.shortened(to: 20)] } ?? [:])
        } catch {
            return ConnectionReport(problem: error)
        }
    }

    /// The list lives on a host of its own; a channel with an address of its own is asked there.
    private func listRequest(limit: Int, offset: Int, over line: Line) throws(SendFailure) -> ProviderRequest {
        let base = line.baseURL == Self.gateway ? "https://wamedia.smsgupshup.com" : line.baseURL
        return try GupshupEnterpriseAccount.forTemplates(in: line.credentials).request(
            "get_whatsapp_hsm", [("limit", String(limit)), ("offset", String(offset)), ("fields", #"["buttons"]"#)], to: base)
    }

    private func list(status: Int, body: [UInt8]) throws(SendFailure) -> JSONValue {
        let answer = GupshupEnterpriseAnswer(body)
        switch StatusVerdict.outcome(status: status, refusal: answer.refusal) {
        case .refused(let failure): throw failure
        case .unknown(let code, let summary): throw SendFailure(.retry, code: code, summary: summary)
        case .accepted, nil: break
        }
        if let refusal = answer.refusal { throw refusal.failure }
        guard let json = try? JSONValue(parsing: body), json["data"]?.array != nil else {
            throw SendFailure(.retry, code: "unreadable_answer", summary: "The provider's list of templates cannot be read.")
        }
        return json
    }
}
