import Campaigns
import Core
import Stats

extension Campaign {
    var json: JSONValue { json(held: CampaignHold(self)) }

    /// The definition as it was written, and where the campaign stands: `held` when its start was missed, and while it runs
    /// and its channel or template lets nothing out.
    func json(held hold: CampaignHold?) -> JSONValue {
        var members = definition.json.object ?? [:]
        members["id"] = .int(id.rawValue)
        members["status"] = .string(hold == nil ? status.rawValue : "held")
        members["hold"] = hold?.json ?? .null
        members["channel_id"] = .int(channelID.rawValue)
        members["template_id"] = .int(templateID.rawValue)
        members["created_at"] = .string(createdAt.iso8601())
        members["start_at"] = JSONValue(time: startAt)
        members["started_at"] = JSONValue(time: startedAt)
        members["end_at"] = JSONValue(time: endAt)
        members["finished_at"] = JSONValue(time: finishedAt)
        members["comment"] = JSONValue(text: comment)
        members["decided_at"] = JSONValue(time: decidedAt)
        return .object(members)
    }
}

extension CampaignStats {
    var json: JSONValue {
        var members = numbers
        if let conversions { members.merge(conversions.members) { $1 } }
        if !variants.isEmpty { members["variants"] = .object(variants.mapValues(\.json)) }
        return .object(members)
    }

    private var numbers: [String: JSONValue] {
        [
            "qualified": .int(Int64(qualified)), "sent": .int(Int64(sent)), "delivered": .int(Int64(delivered)),
            "viewed": .int(Int64(viewed)), "control_group": .int(Int64(controlGroup)), "replied": .int(Int64(replied)),
            "errors": .int(Int64(errors)), "unknown": .int(Int64(unknown)), "waiting": .int(Int64(waiting)),
            "error_reasons": .object(errorReasons.mapValues { .int(Int64($0)) }),
            "delivery_errors": .int(Int64(deliveryErrors)),
            "delivery_error_reasons": .object(deliveryErrorReasons.mapValues { .int(Int64($0)) }),
        ]
    }
}

extension ConversionStats {
    fileprivate var members: [String: JSONValue] {
        [
            "conversions": .int(Int64(conversions)), "revenue": .double(revenue), "control_conversions": .int(Int64(controlConversions)),
            "control_revenue": .double(controlRevenue),
        ]
    }
}

extension VariantStats {
    fileprivate var json: JSONValue {
        [
            "qualified": .int(Int64(qualified)), "sent": .int(Int64(sent)), "delivered": .int(Int64(delivered)),
            "viewed": .int(Int64(viewed)),
        ]
    }
}

extension CampaignHold {
    /// `{cause: "channel" | "template" | "start", name, code, message, since, next_try}`
    var json: JSONValue {
        [
            "cause": .string(cause.rawValue), "name": .string(name), "code": .string(code), "message": .string(summary),
            "since": JSONValue(time: since), "next_try": JSONValue(time: nextTry),
        ]
    }
}

extension JSONValue {
    init(time: Timestamp?) { self = time.map { .string($0.iso8601()) } ?? .null }

    init(text: String?) { self = text.map(JSONValue.string) ?? .null }
}
