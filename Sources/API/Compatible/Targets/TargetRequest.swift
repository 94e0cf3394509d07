import Channels
import Core
import ZoneTime

/// The body of `POST /1/targets/create.json`, as a campaign of ours. Members that mean nothing for WhatsApp (`ttl`, `devices`, …)
/// are left aside.
struct TargetRequest {
    /// What `CampaignStore.create` takes.
    let definition: JSONValue
    let onlyEstimates: Bool
    let skipsEstimate: Bool
    let isDraft: Bool

    /// - Parameter channel: the one that `provider_nick_name` names.
    init(_ body: JSONValue, channel: Channel, templates: [Template], zone: Zone) throws(InputError) {
        guard let name = body["name"]?.string, !name.isEmpty else { throw Fault.empty("name") }
        let content = try TargetContent(body["content"], among: templates)
        let when = try TargetWhen(body["when"], zone: zone)
        definition = .object([
            "name": .string(name), "type": "one_time", "channel_id": .int(channel.id.rawValue),
            "when": Self.throttled(when, body), "who": try Self.who(body), "what": content.json, "setup": try Self.setup(body),
        ])
        (onlyEstimates, skipsEstimate) = (body["estimate_only"]?.bool ?? false, body["skip_estimate"]?.bool ?? false)
        isDraft = body["draft"]?.bool ?? false
    }

    /// - Throws: `InputError` unless the call is about WhatsApp; push is what is meant where nothing is said.
    static func checkMode(_ body: JSONValue) throws(InputError) {
        let mode = body["target_mode"]?.string ?? "push"
        guard mode != "whatsapp" else { return }
        throw Fault.plain("target_mode \(mode) is not available here: this server sends WhatsApp alone, so target_mode must be whatsapp")
    }

    /// A pace of its own, faster than any, takes the place of the account's throttle.
    private static func throttled(_ when: TargetWhen, _ body: JSONValue) -> JSONValue {
        guard body["respect_throttle"] == false, when.isByAccount else { return when.json }
        return .object((when.json.object ?? [:]).merging(["throttle": ["messages": 10_000_000, "minutes": 1]]) { $1 })
    }

    private static func who(_ body: JSONValue) throws(InputError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        let rule = body["where"].flatMap { $0.isNull ? JSONValue?.none : $0 }
        let segment = body["segment"].flatMap { $0.isNull ? JSONValue?.none : $0 }
        switch (rule, segment) {
        case (let rule?, nil): members["where"] = rule
        case (nil, let segment?):
            members["segment_id"] = segment.int.map(JSONValue.int) ?? segment.string.flatMap(Int64.init).map(JSONValue.int) ?? segment
        case (nil, nil): throw Fault.empty("where")
        case (_?, _?): throw Fault.plain("Give where or segment, not both")
        }
        members["reach"] = try reach(body)
        return .object(members)
    }

    private static func reach(_ body: JSONValue) throws(InputError) -> JSONValue? {
        let most = ["users_limit_overall", "users_limit_per_run"].compactMap { body[$0]?.int }.min()
        switch (most, body["upper_cap_for_target_segment"]?.int) {
        case (nil, nil): return JSONValue?.none
        case (let most?, nil): return ["at_most": .int(most)]
        case (nil, let cap?): return ["safety_limit": .int(cap)]
        case (_?, _?): throw Fault.plain("Give users_limit_overall or upper_cap_for_target_segment, not both")
        }
    }

    private static func setup(_ body: JSONValue) throws(InputError) -> JSONValue {
        var members: [String: JSONValue] = ["limits": ["account": .bool(body["respect_frequency_caps"]?.bool ?? true)]]
        members["system_control_group"] = .bool(body["system_control_group_include"]?.bool ?? true)
        if let group = body["control_group"], !group.isNull {
            switch group["type"]?.string {
            case "campaign": members["control_group"] = ["percent": group["percentage"] ?? 0]
            case "custom": members["custom_control_group"] = group["name"] ?? .null
            default: throw Fault.plain("control_group has the type campaign or custom")
            }
        }
        if let labels = body["labels"], !labels.isNull { members["labels"] = labels }
        members["conversion"] = try conversion(body["conversion_goal"])
        return .object(members)
    }

    private static func conversion(_ goal: JSONValue?) throws(InputError) -> JSONValue? {
        guard let goal, !goal.isNull else { return JSONValue?.none }
        guard let event = goal["event_name"]?.string else { throw Fault.empty("event_name", inside: "conversion_goal") }
        var members: [String: JSONValue] = ["event": .string(event), "within": try within(goal["conversion_time"])]
        if let filters = goal["event_properties"], filters.array != nil { members["filters"] = filters }
        if let property = goal["revenue_property"]?.string, !property.isEmpty { members["revenue_property"] = .string(property) }
        return .object(members)
    }

    /// `30m`, `1H`, `1D`, `1W`, `1M`: minutes are small, months are not.
    private static func within(_ value: JSONValue?) throws(InputError) -> JSONValue {
        let units: [Character: String] = [
            "m": "minutes", "H": "hours", "h": "hours", "D": "days", "d": "days", "W": "weeks", "M": "months",
        ]
        guard let text = value?.string, let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count > 0 else {
            throw Fault.plain("conversion_time is a number with m, H, D, W or M, as in 30m (inside conversion_goal)")
        }
        return .object([unit: .int(count)])
    }
}
