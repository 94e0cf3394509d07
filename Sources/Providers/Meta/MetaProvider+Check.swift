package import Core
package import WhatsApp

extension MetaProvider {
    /// The number's own entry (Meta, "Business phone numbers").
    package func checkRequest(over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest? {
        let access = try MetaAccess(line)
        return access.get(access.phoneNumberID, [("fields", Self.facts.map(\.field).joined(separator: ","))])
    }

    /// What Meta says about the number; a name that is held back or a number that is not connected is told, not judged.
    package func checkResult(status: Int, body: [UInt8]) -> ConnectionReport {
        if let failure = refusal(status: status, body: body) { return ConnectionReport(problem: failure) }
        guard (200..<300).contains(status), let json = try? JSONValue(parsing: body), json.object != nil, json["error"] == nil else {
            return ConnectionReport(
                problem: SendFailure(.retry, code: "unreadable_answer", summary: "Meta's answer cannot be read (HTTP \(status))."))
        }
        let facts = Self.facts.compactMap { fact in Self.word(json[fact.field]).map { (fact.name, $0.shortened(to: 200)) } }
        return ConnectionReport(problem: nil, facts: Dictionary(facts, uniquingKeysWith: { $1 }))
    }

    /// `throughput` is an object with a level, and the limit has been both a text and an object.
    private static func word(_ json: JSONValue?) -> String? {
        json?.looseText ?? json?["level"]?.looseText ?? json?["value"]?.looseText
    }

    private static let facts = [
        (field: "display_phone_number", name: "number"), (field: "verified_name", name: "name"),
        (field: "quality_rating", name: "quality"), (field: "throughput", name: "throughput"), (field: "name_status", name: "name_status"),
        (field: "status", name: "status"), (field: "whatsapp_business_manager_messaging_limit", name: "messaging_limit"),
    ]
}
