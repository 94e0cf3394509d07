import Accounts
import Core
import HTTPTypes
import Hummingbird
import WebSupport

/// The list of campaigns, the page of one, and stopping it.
struct CampaignRoutes: Sendable {
    let pages: SitePages
    let campaigns: CampaignPages
    let live: LiveCampaign
    let signIns: SignIns
    let streams: OpenStreams

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("/") { _, _ in Response.seeOther("/campaigns") }
        group.get("campaigns", use: list)
        group.get("campaigns/{id}", use: show)
        group.get("campaigns/{id}/live", use: follow)
        group.get("campaigns/{id}/stop", use: askToStop).post("campaigns/{id}/stop", use: stop)
    }

    @Sendable private func list(_ request: Request, context: SignedInContext) async throws -> Response {
        let before: CampaignID? = try request.queryCursor()
        let page = try await campaigns.list(context.account.id, before, CampaignListView.pageSize + 1)
        let view = CampaignListView(page, isFirst: before == nil)
        return try pages.page("campaigns/list", title: "Campaigns", view, for: request, context.site, section: .campaigns)
    }

    @Sendable private func show(_ request: Request, context: SignedInContext) async throws -> Response {
        let view = try await live.view(try id(context), context)
        return try pages.page(
            "campaigns/show", title: view.name, view, for: request, context.site, section: .campaigns,
            refresh: view.liveAddress != nil)
    }

    @Sendable private func follow(_ request: Request, context: SignedInContext) async throws -> Response {
        let id = try id(context)
        _ = try await live.view(id, context)  // a 404 is still possible here, not once the stream has begun
        let place = try streams.open(for: context.user.id)
        let token = pages.cookies.value(.session, in: request) ?? ""
        return live.response(id, context, holding: place) { [signIns] in
            try await signIns.signIn(token: token)?.user == context.user
        }
    }

    @Sendable private func askToStop(_ request: Request, context: SignedInContext) async throws -> Response {
        let view = try await live.view(try id(context), context)
        guard view.canStop else { return .seeOther("/campaigns/\(view.id)") }
        return try pages.page("campaigns/stop", title: "Stop \(view.name)?", view, for: request, context.site, section: .campaigns)
    }

    @Sendable private func stop(_ request: Request, context: SignedInContext) async throws -> Response {
        let id = try id(context)
        guard context.user.role.mayRunCampaigns else {
            throw Problem(.forbidden, code: "role", "Your role may look at campaigns, but not stop them. Ask an admin.")
        }
        var response = Response.seeOther("/campaigns/\(id)")
        do {
            try await campaigns.stop(context.account.id, id)
            pages.cookies.setFlash(.campaignStopped, on: &response)
        } catch let error as InputError where error.kind == .conflict {
            pages.cookies.setFlash(.campaignNotStopped, on: &response)
        }
        return response
    }

    private func id(_ context: SignedInContext) throws -> CampaignID {
        guard let id = context.parameters.get("id").flatMap({ CampaignID($0) }) else { throw Problem.notFound }
        return id
    }
}

extension User.Role {
    /// CleverTap, "Role-based access control": a Member looks only, an Agent has conversations only. Letting a channel send
    /// again, trying its connection and reading its templates are part of running campaigns.
    var mayRunCampaigns: Bool {
        switch self {
        case .admin, .creator, .approver: true
        case .member, .agent: false
        }
    }
}
