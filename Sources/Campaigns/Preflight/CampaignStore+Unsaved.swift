import Core
import Storage

extension CampaignID {
    /// Of a campaign that is not saved.
    static let unsaved = CampaignID(rawValue: 0)
}

extension CampaignStore {
    /// A draft as `create` would make it, with what it names, without writing it down.
    /// - Throws: `InputError`, as `create` does.
    func unsaved(_ json: JSONValue, for account: AccountID) async throws -> (Campaign, CampaignSources) {
        let definition = try CampaignDefinition(json: json)
        try Self.checkType(of: definition)
        let sources = try await sources(of: definition, on: definition.channelID, account)
        try await engine.read { try checkSetup(of: definition, knownLabels: [], account, $0) }
        let campaign = Campaign(
            id: .unsaved, accountID: account, definition: definition, status: .draft, channelID: sources.channel,
            templateID: sources.templates[0], createdAt: clock.now())
        return (campaign, sources)
    }
}
