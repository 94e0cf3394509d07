package import Core

/// How many of those who qualify are written to. Every number is at least 100.
package enum CampaignReach: Hashable, Sendable {
    case everyone
    /// `one_time`: nothing is sent when more than this qualify.
    case safetyLimit(Int)
    /// `one_time`: so many, picked at random.
    case atMost(Int)
    /// Live types: so many a day, and so many in all; at least one of them is there.
    case paced(perDay: Int?, overall: Int?)

    private static let numbers = 100...1_000_000_000

    /// Reads `reach` of `who`: `{safety_limit}` or `{at_most}`; for live types `{per_day?, overall?}`.
    init(_ who: InputObject, type: CampaignType) throws(InputError) {
        guard who["reach"] != nil else {
            self = .everyone
            return
        }
        let keys = type.isLive ? ["per_day", "overall"] : ["safety_limit", "at_most"]
        let input = try who.object("reach", keys: keys)
        let first = try input.wholeIfPresent(keys[0], in: Self.numbers)
        let second = try input.wholeIfPresent(keys[1], in: Self.numbers)
        self = try Self.reach(first, second, isLive: type.isLive, input)
    }

    private static func reach(_ first: Int?, _ second: Int?, isLive: Bool, _ input: InputObject) throws(InputError) -> Self {
        switch (first, second, isLive) {
        case (nil, nil, true): throw input.error("per_day", "reach needs per_day, overall or both.")
        case (let perDay, let overall, true): return .paced(perDay: perDay, overall: overall)
        case (let limit?, nil, false): return .safetyLimit(limit)
        case (nil, let limit?, false): return .atMost(limit)
        default: throw input.error("safety_limit", "reach needs either safety_limit or at_most.")
        }
    }

    /// Nil for everyone.
    package var json: JSONValue? {
        switch self {
        case .everyone: return JSONValue?.none
        case .safetyLimit(let limit): return ["safety_limit": .int(Int64(limit))]
        case .atMost(let limit): return ["at_most": .int(Int64(limit))]
        case .paced(let perDay, let overall):
            var members: [String: JSONValue] = [:]
            members["per_day"] = perDay.map { .int(Int64($0)) }
            members["overall"] = overall.map { .int(Int64($0)) }
            return .object(members)
        }
    }
}
