import WhatsApp

/// The gateway publishes no list of its errors: what one asks of us is told by words in its text. The first rule that fits
/// counts.
struct GupshupEnterpriseWords {
    private let rules: [(SendFailure.Disposition, phrases: [String])]

    /// Nil when no rule fits. Letters and digits are compared in lower case, everything else parts words: `INVALID_NUMBER`
    /// reads `invalid number`.
    func disposition(of text: String) -> SendFailure.Disposition? {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        let line = " " + words.joined(separator: " ") + " "
        return rules.first { $0.phrases.contains { line.contains(" \($0) ") } }?.0
    }

    /// How a code is counted: `enterprise_105`. Nil when it is none.
    static func code(_ code: String?) -> String? {
        guard let code, (1...40).contains(code.utf8.count),
            code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        else { return nil }
        return "enterprise_" + code.lowercased()
    }

    /// A number that was never opted in with the gateway is a matter of setting up, not a wish of the person.
    private static let notOptedIn = (SendFailure.Disposition.reject, phrases: ["not opted", "opt in", "opted in", "optin"])
    private static let optedOut = (SendFailure.Disposition.optOut, phrases: ["opted", "opt out", "optout"])
    private static let noSuchNumber = (
        SendFailure.Disposition.unreachable,
        phrases: ["not exist", "not exists", "not on whatsapp", "invalid number", "invalid phone", "invalid mobile", "number is invalid"]
    )

    /// Of the answer to a call. What concerns the account or the template comes before "number", which stands in many texts.
    static let answers = Self(rules: [
        notOptedIn, optedOut,
        (.haltChannel, ["login", "password", "authentication", "userid", "user id"]),
        noSuchNumber,
        (.haltChannel, ["user"]),
        (.holdTemplate, ["template", "match", "matched", "matching"]),
        (.reject, ["parameter", "parameters", "number of"]),
        (.unreachable, ["phone", "number", "mobile"]),
        (.retry, ["unknown", "try", "later"]),
    ])

    /// Of the cause in a delivery report.
    static let causes = Self(rules: [
        notOptedIn, noSuchNumber,
        (.optOut, optedOut.phrases + ["blocked"]),
        (.reject, ["window", "24"]),
        (.holdTemplate, ["template"]),
    ])
}
