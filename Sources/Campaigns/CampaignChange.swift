import Core

/// A part of a definition, as far as it matters for who may change it when.
enum CampaignPart: String, CaseIterable {
    case name, type
    case channel = "channel_id"
    case when, who, what
    case labels = "setup.labels"
    case setup
}

extension CampaignDefinition {
    /// The definition with some of its members put in the place of the old ones; null takes one away.
    /// - Throws: `InputError` as for a new campaign.
    func changed(by json: JSONValue) throws(InputError) -> CampaignDefinition {
        guard let changes = json.object else { throw InputError(code: "invalid_campaign", "The body must be a JSON object.") }
        return try CampaignDefinition(json: .object((self.json.object ?? [:]).merging(changes) { $1 }))
    }

    /// What is not the same in the other.
    func parts(differingFrom other: CampaignDefinition) -> [CampaignPart] {
        CampaignPart.allCases.filter { part in
            switch part {
            case .name: name != other.name
            case .type: type != other.type
            case .channel: channelID != other.channelID
            case .when: when != other.when
            case .who: who != other.who
            case .what: what != other.what
            case .labels: setup.labels != other.setup.labels
            case .setup: setup.withoutLabels != other.setup.withoutLabels
            }
        }
    }
}

extension Campaign {
    /// Checks that nothing is changed that stands fast by now (`clevertap.md` 6.9).
    /// - Throws: `InputError`, `conflict`, whose field is the part.
    func check(_ changes: [CampaignPart]) throws(InputError) {
        if status == .scheduled, type == .oneTime, definition.when.start == .now, !changes.isEmpty {
            throw InputError(
                .conflict, code: "campaign_running", "A campaign that is sent now cannot be changed. Clone it to send it another way.")
        }
        guard let part = changes.first(where: { !changeable.contains($0) }) else { return }
        let words = changeable.map(\.rawValue).joined(separator: ", ")
        throw InputError(
            .conflict, code: "part_is_fixed", field: part.rawValue,
            "\(part.rawValue) of a campaign that is \(status.rawValue) can no longer be changed; \(words) can.")
    }

    private var changeable: [CampaignPart] {
        switch status {
        case .running: [.name, .what, .labels]
        case .scheduled: [.name, .who, .what, .when, .labels]
        default: CampaignPart.allCases
        }
    }
}
