package import Core
package import ZoneTime

/// How often one person may get a campaign's message; of these and the account's limits the stricter one holds.
package struct CampaignLimits: Hashable, Sendable {
    /// Whether the account's limits hold for this campaign.
    package var keepsAccountLimits = true
    /// The least time between two messages of this campaign to a person: 5 minutes to 30 days. Nil: every time they qualify.
    package var gap: Span?
    /// How many messages of this campaign a person gets at most: 1 to 250.
    package var maximum: Int?

    package static let standard = CampaignLimits()
}

extension CampaignLimits {
    /// Reads `limits` of `setup`: `{account?, gap?, maximum?}`.
    init(_ setup: InputObject) throws(InputError) {
        guard setup["limits"] != nil else {
            self = .standard
            return
        }
        let input = try setup.object("limits", keys: ["account", "gap", "maximum"])
        keepsAccountLimits = try input.flag("account", default: true)
        if input["gap"] != nil {
            gap = try input.length(
                "gap", [.minutes, .hours, .days], from: .seconds(300), to: .seconds(30 * 86_400), words: "5 minutes to 30 days")
        }
        maximum = try input.wholeIfPresent("maximum", in: 1...250)
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if !keepsAccountLimits { members["account"] = false }
        members["gap"] = gap?.json
        members["maximum"] = maximum.map { .int(Int64($0)) }
        return .object(members)
    }
}
