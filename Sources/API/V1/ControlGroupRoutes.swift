import Accounts
package import Campaigns
import Core
package import Hummingbird
import Profiles
package import WebSupport

/// `/api/v1/control-groups`: people whom campaigns leave out, so that their effect can be measured.
package struct ControlGroupRoutes: Sendable {
    private let groups: ControlGroupStore

    package init(groups: ControlGroupStore) { self.groups = groups }

    package func add(to group: RouterGroup<KeyContext>) {
        group.group("control-groups")
            .get(use: list).post(use: create).get("exempt", use: listExempt).post("exempt", use: setExempt)
            .post(":group", use: change).post(":group/remove", use: remove)
    }

    @Sendable private func list(_ request: Request, context: KeyContext) async throws -> Response {
        .json(["control_groups": .array(try await groups.all(of: context.account.id).map(\.json))])
    }

    /// `{kind: "system" | "custom", name?, purpose?, percent}`
    @Sendable private func create(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: V1.bodyLimit)
        return .json(try await groups.create(body, for: context.account.id).json, status: .created)
    }

    /// `{name?, purpose?, percent?}`
    @Sendable private func change(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: V1.bodyLimit)
        return .json(try await groups.change(id(context), of: context.account.id, by: body).json)
    }

    @Sendable private func remove(_ request: Request, context: KeyContext) async throws -> Response {
        let id = try id(context)
        try await groups.remove(id, of: context.account.id)
        return .json(["removed": .int(id.rawValue)])
    }

    @Sendable private func listExempt(_ request: Request, context: KeyContext) async throws -> Response {
        answer(try await groups.exempt(of: context.account.id))
    }

    /// `{identities: [...]}`: all who are in no control group from now on, at most 20.
    @Sendable private func setExempt(_ request: Request, context: KeyContext) async throws -> Response {
        answer(try await groups.setExempt(of: context.account.id, try await request.json(upTo: V1.bodyLimit)))
    }

    private func answer(_ people: [Profile]) -> Response {
        .json(["exempt": .array(people.map { ["id": .int($0.id.rawValue), "identity": JSONValue(text: $0.identity)] })])
    }

    private func id(_ context: KeyContext) throws -> StandingControlGroup.ID {
        guard let id = context.parameters.get("group").flatMap({ StandingControlGroup.ID($0) }) else {
            throw InputError(.notFound, code: "unknown_control_group", "There is no such control group.")
        }
        return id
    }
}

extension StandingControlGroup {
    fileprivate var json: JSONValue {
        [
            "id": .int(id.rawValue), "kind": .string(kind.rawValue), "name": .string(name), "purpose": .string(purpose),
            "percent": .int(Int64(percent)), "created_at": .string(createdAt.iso8601()),
        ]
    }
}
