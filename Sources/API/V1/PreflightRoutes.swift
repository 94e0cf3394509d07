import Accounts
package import Campaigns
import Core
import HTTPTypes
package import Hummingbird
import Messages
package import WebSupport

/// `/api/v1/campaigns/{id}/preflight` and `/api/v1/campaigns/preflight`: what a campaign would do, before it begins.
package struct PreflightRoutes: Sendable {
    private let desk: PreflightDesk

    package init(desk: PreflightDesk) { self.desk = desk }

    package func add(to group: RouterGroup<KeyContext>) {
        group.group("campaigns")
            .post("preflight", use: lookAtDefinition).get("preflight/:job", use: showDefinition)
            .post(":campaign/preflight", use: look).get(":campaign/preflight/:job", use: show)
    }

    /// A definition that is not saved.
    @Sendable private func lookAtDefinition(_ request: Request, context: KeyContext) async throws -> Response {
        answer(try await desk.begin(try await request.json(upTo: V1.bodyLimit), of: context.account.id))
    }

    @Sendable private func look(_ request: Request, context: KeyContext) async throws -> Response {
        answer(try await desk.begin(try context.campaignID, of: context.account.id))
    }

    @Sendable private func showDefinition(_ request: Request, context: KeyContext) async throws -> Response {
        try show(about: nil, context)
    }

    @Sendable private func show(_ request: Request, context: KeyContext) async throws -> Response {
        try show(about: try context.campaignID, context)
    }

    private func show(about campaign: CampaignID?, _ context: KeyContext) throws -> Response {
        let job = context.parameters.get("job").flatMap { desk.job($0, about: campaign, of: context.account.id) }
        guard let job else {
            throw InputError(.notFound, code: "unknown_job", "There is no such pre-flight, or it is more than an hour old. Begin another.")
        }
        return answer(job)
    }

    /// 202 with the job and its progress while it runs.
    private func answer(_ job: PreflightJob) -> Response {
        switch job.state {
        case .running: .json(job.json("running"), status: .accepted)
        case .done(let report): .json(report.json)
        case .failed: .json(job.json("failed"), status: .internalServerError)
        }
    }
}

extension KeyContext {
    /// The id in the path.
    var campaignID: CampaignID {
        get throws {
            guard let id = parameters.get("campaign").flatMap({ CampaignID($0) }) else {
                throw InputError(.notFound, code: "unknown_campaign", "There is no such campaign.")
            }
            return id
        }
    }
}

extension PreflightJob {
    fileprivate func json(_ word: String) -> JSONValue {
        ["job": .string(id), "status": .string(word), "looked": .int(Int64(looked)), "people": .int(Int64(people))]
    }
}

extension PreflightReport {
    /// `basis` says what the figures are about: the `audience`, or for live types those who `fit_today`.
    var json: JSONValue {
        var reasons = Dictionary(uniqueKeysWithValues: reasons.map { ($0.key.rawValue, $0.value.json) })
        if control.people > 0 { reasons["control"] = control.json }
        return [
            "status": "done", "basis": .string(isLive ? "fit_today" : "audience"), "people": .int(Int64(people)),
            "will_get": .int(Int64(willGet)), "reasons": .object(reasons),
            "per_variant": .object(perMessage.mapValues { .int(Int64($0)) }), "waiting_for_quiet_hours": .int(Int64(waiting)),
            "seconds_at_rate": .double(seconds), "days_at_daily_limit": days.map { .int(Int64($0)) } ?? .null,
            "holds": .array(holds.map(\.json)), "safety_limit_exceeded": exceeded.map { .int(Int64($0)) } ?? .null,
        ]
    }
}

extension PreflightReport.Group {
    fileprivate var json: JSONValue { ["people": .int(Int64(people)), "samples": .array(samples.map(\.json))] }
}

extension PreflightReport.Sample {
    fileprivate var json: JSONValue {
        ["profile_id": .int(id.rawValue), "identity": JSONValue(text: identity), "name": JSONValue(text: name)]
    }
}
