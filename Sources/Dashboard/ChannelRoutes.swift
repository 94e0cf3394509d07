import Accounts
import Core
import HTTPTypes
import Hummingbird
import WebSupport

/// The list of channels, the page of one, and its buttons. A button's result is shown after the redirect.
struct ChannelRoutes: Sendable {
    let pages: SitePages
    let channels: ChannelPages
    let results: ResultShelf

    func add(to group: RouterGroup<SignedInContext>) {
        group.group("channels")
            .get(use: list).get("{channel}", use: show)
            .post("{channel}/resume", use: resume).post("{channel}/check", use: check).post("{channel}/sync", use: sync)
            .post("{channel}/templates/{template}/resume", use: resumeTemplate)
    }

    @Sendable private func list(_ request: Request, context: SignedInContext) async throws -> Response {
        let view = ChannelListView(try await channels.list(context.account.id))
        return try pages.page("channels/list", title: "Channels", view, for: request, context.site, section: .channels)
    }

    @Sendable private func show(_ request: Request, context: SignedInContext) async throws -> Response {
        let id = try channelID(context)
        guard let channel = try await channels.detail(context.account.id, id) else { throw Problem.notFound }
        let result = results.look(for: try request.queryValue("result"), on: id, of: context.user.id)
        let view = ChannelView(channel, result: result, formToken: context.user.role.mayRunCampaigns ? context.formToken : nil)
        return try pages.page("channels/show", title: view.nickname, view, for: request, context.site, section: .channels)
    }

    @Sendable private func resume(_ request: Request, context: SignedInContext) async throws -> Response {
        try await act(context) { account, channel in
            try await channels.resume(account, channel)
            return .resumed
        }
    }

    @Sendable private func check(_ request: Request, context: SignedInContext) async throws -> Response {
        try await act(context) { ChannelResultView(try await channels.check($0, $1)) }
    }

    @Sendable private func sync(_ request: Request, context: SignedInContext) async throws -> Response {
        try await act(context) { ChannelResultView(try await channels.sync($0, $1)) }
    }

    @Sendable private func resumeTemplate(_ request: Request, context: SignedInContext) async throws -> Response {
        guard let template = context.parameters.get("template").flatMap({ TemplateID($0) }) else { throw Problem.notFound }
        return try await act(context) { account, channel in
            try await channels.resumeTemplate(account, channel, template)
            return .templateResumed
        }
    }

    /// Does it for those who may, and leads back to the channel's page, which shows what it brought.
    private func act(
        _ context: SignedInContext, _ action: (AccountID, ChannelID) async throws -> ChannelResultView
    ) async throws -> Response {
        let id = try channelID(context)
        guard context.user.role.mayRunCampaigns else {
            throw Problem(.forbidden, code: "role", "Your role may look at channels, but not change anything. Ask an admin.")
        }
        let result = try await action(context.account.id, id)
        return .seeOther("/channels/\(id)?result=\(results.put(result, on: id, for: context.user.id))#result")
    }

    private func channelID(_ context: SignedInContext) throws -> ChannelID {
        guard let id = context.parameters.get("channel").flatMap({ ChannelID($0) }) else { throw Problem.notFound }
        return id
    }
}
