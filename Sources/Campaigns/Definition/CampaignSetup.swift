package import Core

/// What else there is to a campaign.
package struct CampaignSetup: Hashable, Sendable {
    /// How many of a hundred of those who qualify are held back: 0, or 2 to 99.
    package var controlPercent = 0
    /// Whether the account's system control group is held back.
    package var keepsSystemControlGroup = true
    /// The name of a custom control group that is held back, too.
    package var customControlGroup: String?
    /// At most 10, sorted.
    package var labels: [String] = []
    package var conversion: ConversionGoal?
    package var limits = CampaignLimits.standard

    package static let standard = CampaignSetup()

    /// The same without what a running campaign may still change.
    var withoutLabels: Self {
        var setup = self
        setup.labels = []
        return setup
    }
}

extension CampaignSetup {
    private static let keys = [
        "control_group", "system_control_group", "custom_control_group", "labels", "conversion", "limits",
    ]

    /// Reads `setup`, which may be missing, as may each of its members.
    init(_ campaign: InputObject) throws(InputError) {
        guard campaign["setup"] != nil else {
            self = .standard
            return
        }
        let input = try campaign.object("setup", keys: Self.keys)
        controlPercent = try Self.controlPercent(input)
        keepsSystemControlGroup = try input.flag("system_control_group", default: true)
        customControlGroup = try input.lineIfPresent("custom_control_group", limit: 60)
        labels = try CampaignLabel.list(input, "labels", atMost: 10)
        conversion = try ConversionGoal(input)
        limits = try CampaignLimits(input)
    }

    /// The form that `init(_:)` reads, without what is as usual; nil when all is.
    package var json: JSONValue? {
        var members: [String: JSONValue] = [:]
        if controlPercent > 0 { members["control_group"] = ["percent": .int(Int64(controlPercent))] }
        if !keepsSystemControlGroup { members["system_control_group"] = false }
        members["custom_control_group"] = customControlGroup.map(JSONValue.string)
        if !labels.isEmpty { members["labels"] = .array(labels.map(JSONValue.string)) }
        members["conversion"] = conversion?.json
        if limits != .standard { members["limits"] = limits.json }
        return members.isEmpty ? JSONValue?.none : .object(members)
    }

    private static func controlPercent(_ input: InputObject) throws(InputError) -> Int {
        guard input["control_group"] != nil else { return 0 }
        let group = try input.object("control_group", keys: ["percent"])
        let percent = try group.whole("percent", in: 0...99)
        guard percent != 1 else { throw group.error("percent", "A control group has 2 to 99 percent, or 0 for none.") }
        return percent
    }
}
