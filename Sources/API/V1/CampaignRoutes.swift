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
            .get(":campaign", use: show).get(":campaign/stats", use: showStats)
            .post(":campaign/schedule", use: schedule).post(":campaign/stop", use: stop).post(":campaign/clone", use: clone)
            .post(":campaign/unknown", use: decideUnknown)
    }

    /// `?before=ID&limit=N`, the newest first, 50 unless told, 200 at the most.
    @Sendable private func list(_ request: Request, context: KeyContext) async throws -> Response {
        let limit = try V1.number(request, "limit", in: 1...200, default: 50)
        let before: CampaignID? = try request.queryCursor()
        let page = try await campaigns.page(of: context.account.id, before: before, upTo: limit)
        return .json(["campaigns": .array(page.map(\.json))])
    }

    @Sendable private func create(_ request: Request, context: KeyContext) async throws -> Response {
        let campaign = try await campaigns.create(try await request.json(upTo: V1.bodyLimit), for: context.account.id)
        return .json(campaign.json, status: .created)
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

extension Campaign {
    fileprivate var json: JSONValue { json(held: nil) }

    /// The definition as it was written, and where the campaign stands: `held` while it runs and its channel or template
    /// lets nothing out.
    fileprivate func json(held hold: CampaignHold?) -> JSONValue {
        var members = definition.json.object ?? [:]
        members["id"] = .int(id.rawValue)
        members["status"] = .string(hold == nil ? status.rawValue : "held")
        members["hold"] = hold?.json ?? .null
        members["channel_id"] = .int(channelID.rawValue)
        members["template_id"] = .int(templateID.rawValue)
        members["created_at"] = .string(createdAt.iso8601())
        members["start_at"] = JSONValue(time: startAt)
        members["started_at"] = JSONValue(time: startedAt)
        members["finished_at"] = JSONValue(time: finishedAt)
        return .object(members)
    }
}

extension CampaignStats {
    fileprivate var json: JSONValue {
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

extension CampaignHold {
    /// `{cause: "channel" | "template", name, code, message, since, next_try}`
    fileprivate var json: JSONValue {
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
