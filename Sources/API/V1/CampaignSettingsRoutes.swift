import Accounts
package import Campaigns
import Core
package import Hummingbird
package import WebSupport

/// `/api/v1/settings/campaigns`: what holds for all campaigns of the account.
package struct CampaignSettingsRoutes: Sendable {
    private let campaigns: CampaignStore

    package init(campaigns: CampaignStore) { self.campaigns = campaigns }

    package func add(to group: RouterGroup<KeyContext>) {
        group.group("settings/campaigns").get(use: show).post(use: change)
    }

    @Sendable private func show(_ request: Request, context: KeyContext) async throws -> Response {
        .json(try await campaigns.settings(of: context.account.id).json)
    }

    /// `{approval?, labels?, limits?: {frequency?: {messages, days}, dwell?: {minutes | hours | days}, throttle?: {messages, minutes}}}`
    @Sendable private func change(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: V1.bodyLimit)
        return .json(try await campaigns.changeSettings(of: context.account.id, by: body).json)
    }
}

extension CampaignSettings {
    fileprivate var json: JSONValue {
        ["approval": .bool(needsApproval), "labels": .array(labels.map(JSONValue.string)), "limits": limits.limits]
    }
}
