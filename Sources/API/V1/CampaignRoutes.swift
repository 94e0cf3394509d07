import Accounts
package import Campaigns
import Core
import HTTPTypes
package import Hummingbird
import Messages
package import Stats
package import WebSupport
import WhatsApp

/// `/api/v1/campaigns`: drafts, their start and stop, and what came of them.
package struct CampaignRoutes: Sendable {
    private let campaigns: CampaignStore
    private let unknown: UnknownMessages
    private let stats: StatsReader

    package init(campaigns: CampaignStore, unknown: UnknownMessages, stats: StatsReader) {
        (self.campaigns, self.unknown, self.stats) = (campaigns, unknown, stats)
    }

    package func add(to group: RouterGroup<KeyContext>) {
        group.group("campaigns")
            .get(use: list).post(use: create)
            .get(":campaign", use: show).post(":campaign", use: change).get(":campaign/stats", use: showStats)
            .post(":campaign/schedule", use: schedule).post(":campaign/approve", use: approve).post(":campaign/reject", use: reject)
            .post(":campaign/resume", use: resume).post(":campaign/stop", use: stop).post(":campaign/archive", use: archive)
            .post(":campaign/clone", use: clone).post(":campaign/unknown", use: decideUnknown)
    }

    /// `?before=ID&limit=N`, the newest first, 50 unless told, 200 at the most. `type` and `status` take words with commas
    /// between, `label` a label, `name` a part of the name; archived ones are listed where `status` names them.
    @Sendable private func list(_ request: Request, context: KeyContext) async throws -> Response {
        let limit = try V1.number(request, "limit", in: 1...200, default: 50)
        let before: CampaignID? = try request.queryCursor()
        let page = try await campaigns.page(of: context.account.id, try CampaignFilter(request), before: before, upTo: limit)
        return .json(["campaigns": .array(page.map(\.json))])
    }

    @Sendable private func create(_ request: Request, context: KeyContext) async throws -> Response {
        let campaign = try await campaigns.create(try await request.json(upTo: V1.bodyLimit), for: context.account.id)
        return .json(campaign.json, status: .created)
    }

    /// The members that are to be another; `docs/campaigns.md` says which can be in which status.
    @Sendable private func change(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: V1.bodyLimit)
        return .json(try await campaigns.change(id(context), of: context.account.id, by: body).json)
    }

    @Sendable private func show(_ request: Request, context: KeyContext) async throws -> Response {
        let campaign = try await campaign(context)
        return .json(campaign.json(held: try await campaigns.hold(of: campaign)))
    }

    @Sendable private func showStats(_ request: Request, context: KeyContext) async throws -> Response {
        .json(try await stats.stats(of: try await campaign(context).id, account: context.account.id).json)
    }

    @Sendable private func schedule(_ request: Request, context: KeyContext) async throws -> Response {
        .json(try await campaigns.schedule(id(context), of: context.account.id).json)
    }

    /// `{"comment": "…"}`, which may be missing.
    @Sendable private func approve(_ request: Request, context: KeyContext) async throws -> Response {
        let comment = try await comment(request)
        return .json(try await campaigns.approve(id(context), of: context.account.id, comment: comment).json)
    }

    @Sendable private func reject(_ request: Request, context: KeyContext) async throws -> Response {
        let comment = try await comment(request)
        return .json(try await campaigns.reject(id(context), of: context.account.id, comment: comment).json)
    }

    @Sendable private func resume(_ request: Request, context: KeyContext) async throws -> Response {
        .json(try await campaigns.resume(id(context), of: context.account.id).json)
    }

    @Sendable private func archive(_ request: Request, context: KeyContext) async throws -> Response {
        .json(try await campaigns.archive(id(context), of: context.account.id).json)
    }

    @Sendable private func stop(_ request: Request, context: KeyContext) async throws -> Response {
        .json(try await campaigns.stop(id(context), of: context.account.id).json)
    }

    @Sendable private func clone(_ request: Request, context: KeyContext) async throws -> Response {
        .json(try await campaigns.clone(id(context), of: context.account.id).json, status: .created)
    }

    /// `{"decision": "write_off" | "send_again"}`, answered with how many messages it was about.
    @Sendable private func decideUnknown(_ request: Request, context: KeyContext) async throws -> Response {
        let word = try await request.json(upTo: V1.bodyLimit)["decision"]?.string
        guard let decision = word.flatMap(UnknownDecision.init) else {
            throw InputError(code: "invalid_decision", field: "decision", "decision is write_off or send_again.")
        }
        let count = try await unknown.decide(decision, of: id(context), account: context.account.id)
        return .json(["messages": .int(Int64(count))])
    }

    private func comment(_ request: Request) async throws -> String? {
        guard let body = try await request.jsonIfPresent(upTo: V1.bodyLimit) else { return nil }
        return try InputObject(body, code: "invalid_comment", keys: ["comment"]).lineIfPresent("comment", limit: 500)
    }

    private func campaign(_ context: KeyContext) async throws -> Campaign {
        guard let campaign = try await campaigns.campaign(id(context), of: context.account.id) else { throw Self.unknown }
        return campaign
    }

    private func id(_ context: KeyContext) throws -> CampaignID {
        guard let id = context.parameters.get("campaign").flatMap({ CampaignID($0) }) else { throw Self.unknown }
        return id
    }

    private static let unknown = InputError(.notFound, code: "unknown_campaign", "There is no such campaign.")
}
