package import Core
package import WhatsApp

extension VonageProvider {
    /// What proves the sign-in that messages are sent with: the list of templates for an application, whose token opens
    /// it, and the list of business accounts otherwise, which takes the account's key and secret alone (Vonage, "Channel
    /// Manager API"). Nil for an application without a `waba_id`: no other call takes its token and does nothing.
    package func checkRequest(over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? {
        if VonageApplication(line.credentials) != nil {
            return line.credentials["waba_id"] == nil ? nil : try templateRequest(page: nil, over: line, at: now)
        }
        return get("/v1/channel-manager/whatsapp/wabas", try authorization(line.credentials, at: now), over: line)
    }

    /// The names of the business accounts, or how many templates there are. The list of accounts has been seen with and
    /// without `_embedded` around it.
    package func checkResult(status: Int, body: [UInt8]) -> ConnectionReport {
        guard (200..<300).contains(status) else { return ConnectionReport(problem: VonageProblem(body).failure(status: status)) }
        guard let json = try? JSONValue(parsing: body), json.object != nil else {
            return ConnectionReport(
                problem: SendFailure(.retry, code: "unreadable_answer", summary: "Vonage's answer cannot be read (HTTP \(status))."))
        }
        var facts: [String: String] = [:]
        if let accounts = (json["wabas"] ?? json["_embedded"]?["wabas"])?.array {
            facts["business_accounts"] = accounts.compactMap(Self.name).joined(separator: ", ").shortened(to: 200)
        }
        if let templates = json["templates"]?.array {
            facts["templates"] = "\(templates.count)" + (json["paging"]?["next"]?.looseText == nil ? "" : " and more")
        }
        return ConnectionReport(problem: nil, facts: facts)
    }

    /// `Shop (100000000000001)`, or what there is of it.
    private static func name(of account: JSONValue) -> String? {
        let (name, id) = (account["name"]?.looseText, account["id"]?.looseText ?? account["waba_id"]?.looseText)
        return name.map { name in id.map { "\(name) (\($0))" } ?? name } ?? id
    }
}
