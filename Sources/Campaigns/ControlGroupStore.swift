package import Core
import Messages
package import Profiles
package import Storage

/// The system and custom control groups of accounts, and the people who are in none; the only writer of their tables.
package struct ControlGroupStore: Sendable {
    private let engine: any SQLEngine
    private let profiles: ProfileStore
    private let clock: WallClock
    private let random: Randomness

    package static let exemptLimit = 20

    package init(engine: any SQLEngine, profiles: ProfileStore, clock: WallClock = .system, random: Randomness = .system) {
        (self.engine, self.profiles, self.clock, self.random) = (engine, profiles, clock, random)
    }

    /// The system group first, then the custom ones, oldest first.
    package func all(of account: AccountID) async throws -> [StandingControlGroup] {
        try await engine.read { try groups(of: account, in: $0) }
    }

    /// The same in a transaction of the caller's.
    package func groups(of account: AccountID, in session: any SQLSession) throws -> [StandingControlGroup] {
        try session.rows(ControlGroupQueries.all, [.id(account)]).map(StandingControlGroup.init(row:))
    }

    /// The people who are in no control group, a campaign's own included.
    package func exempt(of account: AccountID, in session: any SQLSession) throws -> [ProfileID] {
        try session.rows(ControlGroupQueries.exempt, [.id(account)]).map { try $0.id(0) }
    }

    /// The same, as people.
    package func exempt(of account: AccountID) async throws -> [Profile] {
        try await engine.read { session in
            let ids = try exempt(of: account, in: session)
            let people = try profiles.profiles(ids, of: account, in: session)
            return ids.compactMap { people[$0] }
        }
    }

    /// Makes a group from `{kind, name?, purpose?, percent}`; a system group is called so unless it has a name.
    /// - Throws: `InputError`; `conflict` for a name that is taken, a second system group, an eleventh custom one, and a
    ///   custom one without a system one.
    package func create(_ json: JSONValue, for account: AccountID) async throws -> StandingControlGroup {
        let input = try InputObject(json, code: Self.code, keys: ["kind", "name", "purpose", "percent"])
        guard let kind = input["kind"]?.string.flatMap(StandingControlGroup.Kind.init(rawValue:)) else {
            throw input.error("kind", "kind is system or custom.")
        }
        let percent = try input.whole("percent", in: StandingControlGroup.percents)
        let name = kind == .system && input["name"] == nil ? "System control group" : try input.line("name", limit: 60)
        let purpose = try input.lineIfPresent("purpose", limit: 500) ?? ""
        let (now, salt) = (clock.now(), random.token())
        return try await engine.write { session in
            // The counter's row stays locked, so two groups of an account are never made at the same moment.
            let id: StandingControlGroup.ID = try Counter("control_group").next(in: session)
            let group = StandingControlGroup(
                id: id, accountID: account, kind: kind, name: name, purpose: purpose, percent: percent, salt: salt, createdAt: now)
            try Self.check(group, beside: groups(of: account, in: session))
            try session.run(ControlGroupQueries.insert, group.values)
            try SendPolicy.refresh(of: account, in: session)
            return group
        }
    }

    /// Changes `name`, `purpose` and `percent`, each optional. A larger share keeps its members.
    /// - Throws: `InputError`; `conflict` for a name that is taken, or that a campaign still goes by.
    package func change(
        _ id: StandingControlGroup.ID, of account: AccountID, by json: JSONValue
    ) async throws -> StandingControlGroup {
        let input = try InputObject(json, code: Self.code, keys: ["name", "purpose", "percent"])
        return try await engine.write { session in
            let before = try group(id, account, session)
            var group = before
            try group.change(by: input)
            let others = try groups(of: account, in: session).filter { $0.id != id }
            guard !others.contains(where: { $0.name == group.name }) else { throw Self.nameTaken(group.name) }
            if group.name != before.name { try checkIsFree(before, session) }
            try session.run(
                ControlGroupQueries.update, [.id(account), .id(id), .text(group.name), .text(group.purpose), .int(group.percent)])
            try SendPolicy.refresh(of: account, in: session)
            return group
        }
    }

    /// - Throws: `InputError`; `conflict` while a campaign that may still send names it, and for the system group while there
    ///   are custom ones.
    package func remove(_ id: StandingControlGroup.ID, of account: AccountID) async throws {
        try await engine.write { session in
            let group = try group(id, account, session)
            let hasCustom = try groups(of: account, in: session).contains { $0.kind == .custom }
            guard group.kind == .custom || !hasCustom else {
                throw InputError(.conflict, code: "custom_groups_left", "Remove the custom control groups first; they need the system one.")
            }
            try checkIsFree(group, session)
            try session.run(ControlGroupQueries.remove, [.id(account), .id(id)])
            try SendPolicy.refresh(of: account, in: session)
        }
    }

    /// Takes these people out of all control groups, and lets everybody else be drawn.
    /// - Parameter json: `{identities: [...]}`, at most 20.
    /// - Throws: `InputError` that names whom nobody knows.
    package func setExempt(of account: AccountID, _ json: JSONValue) async throws -> [Profile] {
        let input = try InputObject(json, code: Self.code, keys: ["identities"])
        let items = try input.items("identities", atMost: Self.exemptLimit)
        return try await engine.write { session in
            var people: [ProfileID: Profile] = [:]
            for item in items {
                guard let identity = item.value.string, let person = try profiles.find(.identity(identity), of: account, in: session)
                else { throw InputError(code: "unknown_profile", field: item.path, "There is no profile with this identity.") }
                people[person.id] = person
            }
            try session.run(ControlGroupQueries.clearExempt, [.id(account)])
            try session.run(ControlGroupQueries.addExempt, batch: people.keys.sorted().map { [.id(account), .id($0)] })
            try SendPolicy.refresh(of: account, in: session)
            return people.values.sorted { $0.id < $1.id }
        }
    }

    private func group(
        _ id: StandingControlGroup.ID, _ account: AccountID, _ session: any SQLSession
    ) throws -> StandingControlGroup {
        guard let row = try session.row(ControlGroupQueries.byID, [.id(account), .id(id)]) else {
            throw InputError(.notFound, code: "unknown_control_group", "There is no control group \(id).")
        }
        return try StandingControlGroup(row: row)
    }

    private func checkIsFree(_ group: StandingControlGroup, _ session: any SQLSession) throws {
        guard group.kind == .custom else { return }
        for row in try session.rows(ControlGroupQueries.openCampaigns, [.id(group.accountID)]) {
            guard try row.json(1)["setup"]?["custom_control_group"]?.string == group.name else { continue }
            throw InputError(
                .conflict, code: "control_group_in_use", "The campaign \(try row.integer(0)) names this control group and may still send.")
        }
    }

    private static func check(_ group: StandingControlGroup, beside others: [StandingControlGroup]) throws(InputError) {
        let hasSystem = others.contains { $0.kind == .system }
        switch group.kind {
        case .system where hasSystem:
            throw InputError(.conflict, code: "system_group_exists", field: "kind", "There is a system control group already.")
        case .custom where !hasSystem:
            throw InputError(
                .conflict, code: "system_group_needed", field: "kind", "A custom control group needs a system control group beside it.")
        case .custom where others.count { $0.kind == .custom } >= StandingControlGroup.customLimit:
            throw InputError(
                .conflict, code: "too_many_groups", field: "kind",
                "There are \(StandingControlGroup.customLimit) custom control groups already.")
        default: break
        }
        guard !others.contains(where: { $0.name == group.name }) else { throw nameTaken(group.name) }
    }

    private static func nameTaken(_ name: String) -> InputError {
        InputError(.conflict, code: "name_taken", field: "name", "There is a control group called \(name) already.")
    }

    private static let code = "invalid_control_group"
}
