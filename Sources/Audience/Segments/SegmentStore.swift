package import Core
package import Storage

/// The saved segments and custom lists of all accounts. The only writer of `segment`, `segment_member` and `segment_size`.
package struct SegmentStore: Sendable {
    /// Of one account (`clevertap.md` 5.4).
    package static let limit = 2500

    let engine: any SQLEngine
    let clock: AccountClock

    package init(engine: any SQLEngine, clock: AccountClock) { (self.engine, self.clock) = (engine, clock) }
}

extension SegmentStore {
    /// Nil when the account has no such segment.
    package func segment(_ id: SegmentID, of account: AccountID, in session: any SQLSession) throws -> Segment? {
        try session.row(SegmentTable.find, [.id(account), .id(id)]).map(Segment.init(row:))
    }

    /// The same in a transaction of its own.
    package func segment(_ id: SegmentID, of account: AccountID) async throws -> Segment? {
        try await engine.read { try segment(id, of: account, in: $0) }
    }

    /// Whether a campaign may take its people from a segment: it is there, and it is not a live one.
    package func hasPeople(_ id: SegmentID, of account: AccountID, in session: any SQLSession) throws -> Bool {
        try segment(id, of: account, in: session)?.type.hasPeople ?? false
    }

    /// The next segments of a list; fewer than `limit` only at the end.
    package func page(of account: AccountID, _ filter: SegmentFilter, upTo limit: Int) async throws -> [Segment] {
        guard let queries = SegmentTable.pages[filter.order] else { return [] }
        let query = filter.isDescending ? queries.down : queries.up
        return try await engine.read { try $0.rows(query, filter.values(account, limit)).map(Segment.init(row:)) }
    }

    /// The names of all segments of an account, for rules in words.
    package func names(of account: AccountID) async throws -> [SegmentID: String] {
        try await engine.read { session in
            let rows = try session.rows(SegmentTable.names, [.id(account)])
            return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.id(0), try $0.text(1)) })
        }
    }
}

extension SegmentStore {
    /// Saves a new segment.
    /// - Parameter user: who does, as pages show it; nil for a call of the API.
    /// - Throws: `InputError`: `name_taken`, `too_many_segments`, and what `expanded` throws for its rule.
    package func create(_ draft: SegmentDraft, for account: AccountID, by user: String? = nil) async throws -> Segment {
        try await engine.write { try add(draft, to: account, by: user, in: $0) }
    }

    func add(_ draft: SegmentDraft, to account: AccountID, by user: String?, in session: any SQLSession) throws -> Segment {
        // Keeps the counter, so those who save take turns until they commit.
        let id: SegmentID = try Counter("segment").next(in: session)
        try checkRoom(draft.name, in: account, session)
        let now = try clock.moment(of: account, in: session).now
        let segment = Segment(
            id: id, accountID: account, name: draft.name, content: draft.content, createdBy: user, updatedBy: user, createdAt: now,
            updatedAt: now)
        try check(segment.content, of: id, account: account, in: session)
        try session.run(SegmentTable.insert, segment.insertValues)
        return segment
    }

    /// - Throws: `InputError` when a new segment of this name cannot be saved: `name_taken`, `too_many_segments`.
    func checkRoom(_ name: String, in account: AccountID, _ session: any SQLSession) throws {
        try checkName(name, of: nil, account: account, in: session)
        guard try session.row(SegmentTable.count, [.id(account)])?.int(0) ?? 0 < Self.limit else {
            throw InputError(
                .conflict, code: "too_many_segments", "An account has at most \(Self.limit) segments. Delete one that is no longer used.")
        }
    }

    /// Changes the name, the rule, or both; a segment keeps its type.
    /// - Throws: `InputError`: `unknown_segment`, `name_taken`, `fixed_type`, and what `expanded` throws for its rule.
    package func change(
        _ id: SegmentID, of account: AccountID, by change: SegmentChange, user: String? = nil
    ) async throws -> Segment {
        try await engine.write { session in
            var segment = try locked(id, of: account, in: session)
            if let name = change.name {
                try checkName(name, of: id, account: account, in: session)
                segment.name = name
            }
            if let content = change.content { try replace(&segment, by: content, in: session) }
            (segment.updatedBy, segment.updatedAt) = (user, try clock.moment(of: account, in: session).now)
            try session.run(SegmentTable.update, segment.updateValues)
            return segment
        }
    }

    private func replace(_ segment: inout Segment, by content: SegmentContent, in session: any SQLSession) throws {
        guard segment.type == content.type else {
            throw InputError(
                .conflict, code: "fixed_type", field: content.type.hasPeople ? "where" : "live",
                "The segment is of the type \(segment.type.rawValue) and stays so. Save another segment instead.")
        }
        try check(content, of: segment.id, account: segment.accountID, in: session)
        segment.content = content
        try forgetSizeOfToday(segment, in: session)
    }

    /// Saves a copy under a name of its own; a custom list has the same people.
    /// - Throws: `InputError` `unknown_segment`, `too_many_segments`.
    package func clone(_ id: SegmentID, of account: AccountID, by user: String? = nil) async throws -> Segment {
        try await engine.write { session in
            let original = try required(id, of: account, in: session)
            let draft = SegmentDraft(name: try copyName(original, in: session), content: original.content)
            let copy = try add(draft, to: account, by: user, in: session)
            try session.run(MemberTable.copy, [.id(copy.id), .id(id)])
            return copy
        }
    }

    /// Deletes a segment that nothing uses.
    /// - Throws: `InputError` `unknown_segment`; `segment_in_use`, which names who uses it.
    package func delete(_ id: SegmentID, of account: AccountID) async throws {
        try await engine.write { session in
            _ = try locked(id, of: account, in: session)
            let uses = try uses(of: id, account: account, in: session)
            guard uses.isEmpty else { throw SegmentUse.refusal(uses) }
            for query in [MemberTable.delete, SizeTable.deleteAll, SegmentTable.delete] { try session.run(query, [.id(id)]) }
        }
    }

    func required(_ id: SegmentID, of account: AccountID, in session: any SQLSession) throws -> Segment {
        guard let segment = try segment(id, of: account, in: session) else { throw Self.unknown(id) }
        return segment
    }

    /// The segment, with the promise that no other transaction saves one until this one ends.
    func locked(_ id: SegmentID, of account: AccountID, in session: any SQLSession) throws -> Segment {
        _ = try Counter("segment").take(0, in: session)
        return try required(id, of: account, in: session)
    }

    static func unknown(_ id: SegmentID) -> InputError {
        InputError(.notFound, code: "unknown_segment", "There is no segment \(id).")
    }

    private func checkName(_ name: String, of id: SegmentID?, account: AccountID, in session: any SQLSession) throws {
        guard let owner: SegmentID = try owner(of: name, account, session), owner != id else { return }
        throw InputError(
            .conflict, code: "name_taken", field: "name", "The segment \(owner) has this name already; names are told apart without case.")
    }

    private func owner(of name: String, _ account: AccountID, _ session: any SQLSession) throws -> SegmentID? {
        try session.row(SegmentTable.named, [.id(account), .text(SegmentName(name).key)])?.id(0)
    }

    private func copyName(_ original: Segment, in session: any SQLSession) throws -> String {
        // There are fewer segments than numbers tried, so one of them is free.
        for number in 1...(Self.limit + 1) {
            let start = number == 1 ? "Copy of " : "Copy \(number) of "
            let name = start + original.name.prefix(SegmentDraft.nameLimit - start.count)
            if try owner(of: name, original.accountID, session) == nil { return name }
        }
        return "Copy of \(original.id)"
    }
}

extension SegmentFilter {
    fileprivate func values(_ account: AccountID, _ limit: Int) -> [SQLValue] {
        let wanted = SegmentName(search ?? "").key.filter { $0 != "\0" }
        let kinds = types.isEmpty ? Set(SegmentType.allCases) : types
        let place = after.flatMap { $0.fits(order) ? $0 : nil }
        return [
            .id(account), .list(kinds.map(\.rawValue)), .text(wanted), .integer(Int64(wanted) ?? 0), place?.value.sql ?? start,
            .integer(place?.id.rawValue ?? 0), .flag(place != nil), .int(limit),
        ]
    }

    /// Stands for no place, in the column's type.
    private var start: SQLValue { order == .name ? .text("") : .integer(0) }
}

extension SegmentPlace.Value {
    fileprivate var sql: SQLValue {
        switch self {
        case .name(let key): .text(key)
        case .time(let time): .time(time)
        }
    }
}
