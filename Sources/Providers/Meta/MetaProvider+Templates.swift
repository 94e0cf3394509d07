package import Core
package import WhatsApp

extension MetaProvider {
    /// A hundred templates of the business account (Meta, "Template management").
    /// - Throws: `SendFailure`, code `no_credentials`, also when the channel has no `waba_id`.
    package func templateRequest(page: String?, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? {
        let access = try MetaAccess(line)
        guard let account = line.credentials["waba_id"], !account.isEmpty else {
            throw SendFailure(.reject, code: "no_credentials", summary: "Without a waba_id Meta lists no templates.")
        }
        let fields = "id,name,language,status,category,quality_score,rejected_reason,parameter_format,components"
        let after = page.map { [(name: "after", value: $0)] } ?? []
        return access.get(account + "/message_templates", [("fields", fields), ("limit", "100")] + after)
    }

    /// One page; items without a name or a language cannot be sent by anyone and are left out.
    package func templates(status: Int, body: [UInt8], page: String?) throws(SendFailure) -> TemplatePage {
        if let failure = refusal(status: status, body: body) { throw failure }
        guard (200..<300).contains(status), let json = try? JSONValue(parsing: body), let items = json["data"]?.array else {
            throw SendFailure(.retry, code: "unreadable_answer", summary: "Meta's list of templates cannot be read (HTTP \(status)).")
        }
        let paging = json["paging"]
        let next = paging?["next"]?.looseText == nil ? nil : paging?["cursors"]?["after"]?.looseText
        return TemplatePage(templates: items.compactMap(MetaTemplate.listed), next: next)
    }
}
