import Campaigns
import Core
import Testing

/// Definitions that are in order but for one part.
enum Definitions {
    /// What a type's audience looks like.
    static func who(_ type: CampaignType) -> [String: JSONValue] {
        switch type {
        case .oneTime, .direct: ["where": [:]]
        case .singleAction: ["event": ["name": "Charged"]]
        case .inaction: ["event": ["name": "Added To Cart"], "without": ["name": "Charged"], "within": ["minutes": 30]]
        case .dateTime: ["event": ["name": "Flight Booked"], "date_property": "departure", "offset": ["days": -1]]
        }
    }

    static func of(_ type: CampaignType, _ changes: [String: JSONValue] = [:]) -> JSONValue {
        CampaignFixture.definition(["type": .string(type.rawValue), "who": .object(who(type))].merging(changes) { $1 })
    }

    /// The same with some members of one part set or, by null, left out.
    static func of(_ type: CampaignType, _ part: String, _ members: [String: JSONValue]) -> JSONValue {
        let usual = of(type)[part]?.object ?? [:]
        return of(type, [part: .object(usual.merging(members) { $1 })])
    }

    /// Why a one-time campaign with these changes is refused.
    static func refusal(_ changes: [String: JSONValue]) -> InputError? {
        #expect(throws: InputError.self) { try CampaignDefinition(json: of(.oneTime, changes)) }
    }

    static func refusal(_ type: CampaignType, _ part: String, _ members: [String: JSONValue]) -> InputError? {
        #expect(throws: InputError.self) { try CampaignDefinition(json: of(type, part, members)) }
    }

    static func read(_ type: CampaignType, _ part: String, _ members: [String: JSONValue]) throws -> CampaignDefinition {
        try CampaignDefinition(json: of(type, part, members))
    }
}
