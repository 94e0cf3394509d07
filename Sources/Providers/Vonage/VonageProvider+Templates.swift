package import Core
package import WhatsApp

extension VonageProvider {
    /// A hundred templates of the business account `waba_id`, in all states (Vonage, "WhatsApp template management").
    /// - Throws: `SendFailure`, code `no_credentials`, also when the channel has no `waba_id`.
    package func templateRequest(page: String?, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? {
        guard let account = line.credentials["waba_id"], !account.isEmpty else {
            throw SendFailure(.reject, code: "no_credentials", summary: "Without a waba_id Vonage lists no templates.")
        }
        let query = FormEncoding.encode([(name: "limit", value: "100")] + (page.map { [(name: "after", value: $0)] } ?? []))
        let path = "/v2/whatsapp-manager/wabas/\(account)/templates?" + String(decoding: query, as: UTF8.self)
        return try get(path, authorization(line.credentials, at: now), over: line)
    }

    /// Items and paging have Meta's form. `next` says that there is more and has been seen as a whole address; what is
    /// asked for is the cursor beside it, at the channel's own address.
    package func templates(status: Int, body: [UInt8], page: String?) throws(SendFailure) -> TemplatePage {
        guard (200..<300).contains(status) else { throw VonageProblem(body).failure(status: status) }
        guard let json = try? JSONValue(parsing: body), let items = json["templates"]?.array else {
            throw SendFailure(.retry, code: "unreadable_answer", summary: "Vonage's list of templates cannot be read (HTTP \(status)).")
        }
        let next = json["paging"]?["next"]?.looseText.flatMap { json["paging"]?["cursors"]?["after"]?.looseText ?? Self.cursor(in: $0) }
        return TemplatePage(templates: items.compactMap(MetaTemplate.listed), next: next)
    }

    /// The `after` of an address, or the text itself when it is none.
    private static func cursor(in next: String) -> String? {
        guard next.contains("://") else { return next }
        let query = next.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        return FormEncoding.decode(query.utf8)["after"].flatMap { $0.isEmpty ? nil : $0 }
    }

    func get(_ path: String, _ authorization: String, over line: Line) -> ProviderRequest {
        ProviderRequest(.get, url: line.baseURL + path, headers: ["authorization": authorization, "accept": "application/json"])
    }
}
