package import Audience
package import Core

/// Whom a campaign is for.
package struct CampaignWho: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        /// `one_time`: those whom the rule holds for when the campaign begins.
        case rule(AudienceRule)
        /// `one_time`: those in a saved segment when the campaign begins.
        case segment(SegmentID)
        /// Live types.
        case live(LiveRule)
    }

    package var source: Source
    package var reach = CampaignReach.everyone

    /// The saved segment that is named itself; nil when the rule is given.
    package var segment: SegmentID? { if case .segment(let id) = source { id } else { nil } }

    /// Of a live campaign what makes people qualify, and who of them gets the message; nil for one-time campaigns.
    package var live: LiveRule? { if case .live(let rule) = source { rule } else { nil } }

    /// Who fits a one-time campaign; of a live one who of those that trigger.
    package var rule: AudienceRule {
        switch source {
        case .rule(let rule): rule
        case .segment(let id): .segment(id)
        case .live(let rule): rule.filter
        }
    }

    /// What makes people qualify; nil for one-time campaigns.
    package var trigger: LiveTrigger? { if case .live(let rule) = source { rule.trigger } else { nil } }

    /// For people to read.
    package var words: String {
        switch source {
        case .rule(let rule): rule.describe()
        case .segment(let id): "Everyone in the segment \(id)"
        case .live(let rule): rule.describe()
        }
    }
}

extension CampaignWho {
    /// Reads `{where | segment_id, reach?}`; for live types what `LiveRule` reads, and `reach?`.
    init(_ campaign: InputObject, type: CampaignType) throws(InputError) {
        guard let kind = LiveTrigger.Kind(rawValue: type.rawValue) else {
            let input = try campaign.object("who", keys: ["where", "segment_id", "reach"])
            (source, reach) = (try Self.audience(input), try CampaignReach(input, type: type))
            return
        }
        let input = try campaign.object("who", keys: Array((campaign["who"]?.object ?? [:]).keys))
        var rule = input.members
        rule["reach"] = nil
        source = .live(try LiveRule(json: .object(rule), kind: kind, path: "who"))
        reach = try CampaignReach(input, type: type)
    }

    package var json: JSONValue {
        var members: [String: JSONValue] =
            switch source {
            case .rule(let rule): ["where": rule.json]
            case .segment(let id): ["segment_id": .int(id.rawValue)]
            case .live(let rule): rule.json.object ?? [:]
            }
        members["reach"] = reach.json
        return .object(members)
    }

    private static func audience(_ input: InputObject) throws(InputError) -> Source {
        guard let value = input["segment_id"] else {
            guard let rule = input["where"] else {
                throw input.error("where", "An audience must be given, as where or as segment_id; {} is everyone.")
            }
            return .rule(try AudienceRule(json: rule, path: "who.where"))
        }
        guard input["where"] == nil else { throw input.error("segment_id", "Give where or segment_id, not both.") }
        guard let number = value.int, number > 0 else {
            throw input.error("segment_id", "segment_id must be the number of a saved segment.")
        }
        return .segment(SegmentID(rawValue: number))
    }
}
