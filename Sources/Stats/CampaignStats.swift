/// What became of those who qualified for a campaign. Once nothing waits any more,
/// `qualified = sent + controlGroup + errors + unknown`.
package struct CampaignStats: Hashable, Sendable {
    package var qualified = 0
    /// Taken by the provider.
    package var sent = 0
    package var delivered = 0
    package var viewed = 0
    package var controlGroup = 0
    /// Every reply, so a person who writes twice counts twice (claim 75).
    package var replied = 0
    /// Not sent.
    package var errors = 0
    /// Asked without an answer: may have gone out, may not.
    package var unknown = 0
    /// Why they were not sent; the values add up to `errors`.
    package var errorReasons: [String: Int] = [:]
    /// Sent, but reported later as not arrived; part of `sent`.
    package var deliveryErrors = 0
    package var deliveryErrorReasons: [String: Int] = [:]
    /// By variant, `A` …, those of the numbers above that are kept for each; empty for a campaign with one message.
    package var variants: [String: VariantStats] = [:]

    /// Who did what is hoped for; nil for a campaign without a goal, and before it begins.
    package var conversions: ConversionStats?

    package init() {}

    /// Planned, but not decided yet.
    package var waiting: Int { qualified - sent - controlGroup - errors - unknown }
}

/// What became of those who qualified for one of a campaign's variants.
package struct VariantStats: Hashable, Sendable {
    package var qualified = 0
    package var sent = 0
    package var delivered = 0
    package var viewed = 0

    package init(qualified: Int = 0, sent: Int = 0, delivered: Int = 0, viewed: Int = 0) {
        (self.qualified, self.sent, self.delivered, self.viewed) = (qualified, sent, delivered, viewed)
    }
}

/// How many people did what a campaign hopes for, each once, and what it was worth in the unit that their events name.
package struct ConversionStats: Hashable, Sendable {
    /// Of those who were sent a message.
    package var conversions = 0
    package var revenue = 0.0
    /// Of those who were held back.
    package var controlConversions = 0
    package var controlRevenue = 0.0

    package init() {}
}

extension CampaignStats {
    /// From tallies by name; names that this program does not know are left out.
    init(tallies: [String: Int]) {
        for (name, value) in tallies where value != 0 { add(value, to: name) }
    }

    private mutating func add(_ value: Int, to name: String) {
        switch name {
        case "qualified": qualified = value
        case "sent": sent = value
        case "delivered": delivered = value
        case "viewed": viewed = value
        case "control_group": controlGroup = value
        case "replied": replied = value
        case "errors": errors = value
        case "unknown": unknown = value
        case "delivery_errors": deliveryErrors = value
        default:
            if name.hasPrefix("error:") { errorReasons[String(name.dropFirst(6))] = value }
            if name.hasPrefix("delivery_error:") { deliveryErrorReasons[String(name.dropFirst(15))] = value }
            if name.hasPrefix("variant:") { add(value, toVariant: name.dropFirst(8)) }
        }
    }

    private mutating func add(_ value: Int, toVariant name: Substring) {
        guard let colon = name.lastIndex(of: ":") else { return }
        let variant = String(name[..<colon])
        switch name[colon...].dropFirst() {
        case "qualified": variants[variant, default: VariantStats()].qualified = value
        case "sent": variants[variant, default: VariantStats()].sent = value
        case "delivered": variants[variant, default: VariantStats()].delivered = value
        case "viewed": variants[variant, default: VariantStats()].viewed = value
        default: break
        }
    }
}
