import Accounts
package import Channels
import Core
package import Delivery
import HTTPTypes
package import Hummingbird
package import WebSupport
import WhatsApp

/// `/api/v1/channels/{id}/templates`: the texts that WhatsApp approved for a number.
package struct TemplateRoutes: Sendable {
    private let channels: ChannelStore
    private let templates: TemplateStore
    private let sync: TemplateSync

    package init(channels: ChannelStore, templates: TemplateStore, sync: TemplateSync) {
        (self.channels, self.templates, self.sync) = (channels, templates, sync)
    }

    package func add(to group: RouterGroup<KeyContext>) {
        group.group("channels/:channel/templates")
            .get(use: list).post(use: create).post("sync", use: syncAll)
            .post(":template/approval", use: setApproval).post(":template/resume", use: resume)
    }

    @Sendable private func list(_ request: Request, context: KeyContext) async throws -> Response {
        let templates = try await templates.all(on: try await channels.required(context).id, of: context.account.id)
        return .json(["templates": .array(templates.map(\.json))])
    }

    @Sendable private func create(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: V1.bodyLimit)
        let channel = try await channels.required(context).id
        let template = try await templates.create(body, channel: channel, account: context.account.id)
        return .json(template.json, status: .created)
    }

    /// `{"approval": "approved" | "pending" | "rejected"}`: what WhatsApp decided.
    @Sendable private func setApproval(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: V1.bodyLimit)
        guard let approval = body["approval"]?.string.flatMap(Template.Approval.init) else {
            throw InputError(code: "invalid_approval", field: "approval", "approval is approved, pending or rejected.")
        }
        return .json(try await templates.setApproval(try await template(context), of: context.account.id, to: approval).json)
    }

    /// Lets a held template be sent again; if nothing was mended it is held again at the first refusal.
    @Sendable private func resume(_ request: Request, context: KeyContext) async throws -> Response {
        .json(try await templates.release(try await template(context), of: context.account.id).json)
    }

    /// Takes over the provider's list: `{added, changed, gone, skipped, unchanged}`.
    @Sendable private func syncAll(_ request: Request, context: KeyContext) async throws -> Response {
        let channel = try await channels.required(context)
        let changes: TemplateChanges?
        do throws(SendFailure) { changes = try await sync.sync(channel) } catch {
            throw Problem(
                .badGateway, code: "provider_refused",
                "The provider did not give its list (\(error.code)): \(channel.line.credentials.redacted(error.summary))")
        }
        guard let changes else {
            throw InputError(
                .conflict, code: "no_template_list", field: "credentials",
                "The provider \(channel.provider) has no list of templates, or the channel's credentials do not reach it.")
        }
        return .json(changes.json)
    }

    private func template(_ context: KeyContext) async throws -> TemplateID {
        let channel = try await channels.required(context)
        guard let id = context.parameters.get("template").flatMap({ TemplateID($0) }),
            try await templates.template(id, of: context.account.id)?.channelID == channel.id
        else { throw InputError(.notFound, code: "unknown_template", "The channel has no such template.") }
        return id
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
        members["pause"] = JSONValue(text: pause?.rawValue)
        members["reason"] = JSONValue(text: pauseReason)
        members["quality"] = .string(quality.rawValue)
        members["provider_id"] = JSONValue(text: providerID)
        members["hold"] = hold?.json ?? .null
        members["variables"] = .int(Int64(content.body.variableCount))
        members["to_fill"] = .array(content.slots.map { .string($0.key) })
        return .object(members)
    }
}

extension Hold {
    /// `{code, message, since, next_try}`
    var json: JSONValue {
        [
            "code": .string(code), "message": .string(summary), "since": .string(since.iso8601()), "next_try": .string(probeAt.iso8601()),
        ]
    }
}

extension TemplateChanges {
    fileprivate var json: JSONValue {
        [
            "added": .array(added.map(\.json)), "changed": .array(changed.map(\.json)), "gone": .array(gone.map(\.json)),
            "skipped": .array(skipped.map(JSONValue.string)), "unchanged": .int(Int64(unchanged)),
        ]
    }
}

extension TemplateChanges.Change {
    fileprivate var json: JSONValue {
        [
            "id": .int(template.rawValue), "name": .string(name.description), "language": .string(language),
            "changes": .array(words.map(JSONValue.string)),
        ]
    }
}
