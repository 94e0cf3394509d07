import Accounts
package import Channels
import Core
import HTTPTypes
package import Hummingbird
package import WebSupport
import WhatsApp

/// `/api/v1/channels`: sending numbers and their templates. Credentials go in and never come out.
package struct ChannelRoutes: Sendable {
    private let channels: ChannelStore
    private let templates: TemplateStore
    private let address: PublicAddress

    package init(channels: ChannelStore, templates: TemplateStore, address: PublicAddress) {
        (self.channels, self.templates, self.address) = (channels, templates, address)
    }

    package func add(to group: RouterGroup<KeyContext>) {
        group.group("channels")
            .get(use: list).post(use: create)
            .get(":channel", use: show)
            .get(":channel/templates", use: listTemplates).post(":channel/templates", use: createTemplate)
            .post(":channel/templates/:template/approval", use: setApproval)
    }

    @Sendable private func list(_ request: Request, context: KeyContext) async throws -> Response {
        .json(["channels": .array(try await channels.all(of: context.account.id).map { $0.json(at: address) })])
    }

    @Sendable private func create(_ request: Request, context: KeyContext) async throws -> Response {
        let channel = try await channels.create(try await request.json(upTo: V1.bodyLimit), for: context.account.id)
        return .json(channel.json(at: address), status: .created)
    }

    @Sendable private func show(_ request: Request, context: KeyContext) async throws -> Response {
        .json(try await channel(context).json(at: address))
    }

    @Sendable private func listTemplates(_ request: Request, context: KeyContext) async throws -> Response {
        let templates = try await templates.all(on: try await channel(context).id, of: context.account.id)
        return .json(["templates": .array(templates.map(\.json))])
    }

    @Sendable private func createTemplate(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: V1.bodyLimit)
        let template = try await templates.create(body, channel: try await channel(context).id, account: context.account.id)
        return .json(template.json, status: .created)
    }

    /// `{"approval": "approved" | "pending" | "rejected"}`: what WhatsApp decided.
    @Sendable private func setApproval(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: V1.bodyLimit)
        guard let approval = body["approval"]?.string.flatMap(Template.Approval.init) else {
            throw InputError(code: "invalid_approval", field: "approval", "approval is approved, pending or rejected.")
        }
        let channel = try await channel(context)
        guard let id = context.parameters.get("template").flatMap({ TemplateID($0) }),
            try await templates.template(id, of: context.account.id)?.channelID == channel.id
        else { throw InputError(.notFound, code: "unknown_template", "The channel has no such template.") }
        return .json(try await templates.setApproval(id, of: context.account.id, to: approval).json)
    }

    private func channel(_ context: KeyContext) async throws -> Channel {
        let id = context.parameters.get("channel").flatMap { ChannelID($0) }
        guard let id, let channel = try await channels.channel(id, of: context.account.id) else {
            throw InputError(.notFound, code: "unknown_channel", "There is no such channel.")
        }
        return channel
    }
}

extension Channel {
    fileprivate func json(at address: PublicAddress) -> JSONValue {
        [
            "id": .int(id.rawValue), "nickname": .string(nickname), "provider": .string(provider), "number": .string(number.digits),
            "base_url": .string(baseURL), "per_second": .double(perSecond), "is_default": .bool(isDefault),
            "created_at": .string(createdAt.iso8601()),
            "callbacks": [
                "inbound": .string(address.callback("inbound", token: hookToken)),
                "status": .string(address.callback("status", token: hookToken)),
            ],
        ]
    }
}

extension Template {
    fileprivate var json: JSONValue {
        var members = content.json.object ?? [:]
        members["id"] = .int(id.rawValue)
        members["channel_id"] = .int(channelID.rawValue)
        members["name"] = .string(name.description)
        members["language"] = .string(language)
        members["approval"] = .string(approval.rawValue)
        members["variables"] = .int(Int64(content.body.variableCount))
        return .object(members)
    }
}
