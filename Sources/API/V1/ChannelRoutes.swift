import Accounts
package import Channels
import Core
package import Delivery
import HTTPTypes
package import Hummingbird
package import WebSupport
import WhatsApp

/// `/api/v1/channels`: sending numbers and their templates. Credentials go in and never come out.
package struct ChannelRoutes: Sendable {
    private let channels: ChannelStore
    private let sync: TemplateSync
    private let address: PublicAddress

    package init(channels: ChannelStore, sync: TemplateSync, address: PublicAddress) {
        (self.channels, self.sync, self.address) = (channels, sync, address)
    }

    package func add(to group: RouterGroup<KeyContext>) {
        group.group("channels")
            .get(use: list).post(use: create)
            .get(":channel", use: show).post(":channel", use: change)
            .post(":channel/check", use: check).post(":channel/resume", use: resume)
    }

    @Sendable private func list(_ request: Request, context: KeyContext) async throws -> Response {
        .json(["channels": .array(try await channels.all(of: context.account.id).map { $0.json(at: address) })])
    }

    @Sendable private func create(_ request: Request, context: KeyContext) async throws -> Response {
        let channel = try await channels.create(try await request.json(upTo: V1.bodyLimit), for: context.account.id)
        return .json(channel.json(at: address), status: .created)
    }

    @Sendable private func show(_ request: Request, context: KeyContext) async throws -> Response {
        .json(try await channels.required(context).json(at: address))
    }

    @Sendable private func change(_ request: Request, context: KeyContext) async throws -> Response {
        let (body, id) = (try await request.json(upTo: V1.bodyLimit), try await channels.required(context).id)
        return .json(try await channels.change(id, of: context.account.id, by: body).json(at: address))
    }

    /// Asks the provider whether the credentials work: `{connected, facts, problem?: {code, message}}`. `connected` is null
    /// where the vendor has no call for that.
    @Sendable private func check(_ request: Request, context: KeyContext) async throws -> Response {
        guard let report = await sync.check(try await channels.required(context)) else {
            return .json(["connected": nil, "facts": [:]])
        }
        var members: [String: JSONValue] = [
            "connected": .bool(report.problem == nil), "facts": .object(report.facts.mapValues(JSONValue.string)),
        ]
        members["problem"] = report.problem.map { ["code": .string($0.code), "message": .string($0.summary)] }
        return .json(.object(members))
    }

    /// Lets a halted channel send again; if nothing was mended it halts again at the first refusal.
    @Sendable private func resume(_ request: Request, context: KeyContext) async throws -> Response {
        let id = try await channels.required(context).id
        return .json(try await channels.release(id, of: context.account.id).json(at: address))
    }
}

extension ChannelStore {
    /// The channel that the path names.
    func required(_ context: KeyContext) async throws -> Channel {
        let id = context.parameters.get("channel").flatMap { ChannelID($0) }
        guard let id, let channel = try await channel(id, of: context.account.id) else {
            throw InputError(.notFound, code: "unknown_channel", "There is no such channel.")
        }
        return channel
    }
}

extension Channel {
    fileprivate func json(at address: PublicAddress) -> JSONValue {
        [
            "id": .int(id.rawValue), "nickname": .string(nickname), "provider": .string(provider), "number": .string(number.digits),
            "base_url": .string(baseURL), "per_second": .double(limits.perSecond), "limits": limits.json, "is_default": .bool(isDefault),
            "created_at": .string(createdAt.iso8601()), "status": .string(health.hold == nil ? "open" : "halted"),
            "hold": health.hold?.json ?? .null, "notice": JSONValue(text: health.notice), "notice_at": JSONValue(time: health.noticedAt),
            "synced_at": JSONValue(time: health.syncedAt),
            "callbacks": [
                "inbound": .string(address.callback("inbound", token: hookToken)),
                "status": .string(address.callback("status", token: hookToken)),
            ],
        ]
    }
}
