package import Core
package import Storage

/// Something that needs a segment, so that it cannot be deleted.
package struct SegmentUse: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// One that waits for approval, is scheduled or runs.
        case campaign
        case segment
    }

    package var kind: Kind
    package var id: Int64
    package var name: String
    /// Of a campaign: whether it runs.
    package var isRunning = false

    static func refusal(_ uses: [SegmentUse]) -> InputError {
        let names = uses.prefix(10).map { "the \($0.kind.rawValue) \($0.id) “\($0.name)”" }
        let rest = uses.count > names.count ? [" and \(uses.count - names.count) more"] : []
        return InputError(.conflict, code: "segment_in_use", "The segment is used by \((names).joined(separator: ", "))\(rest.joined()).")
    }
}

extension SegmentStore {
    /// Who needs a segment itself, not by way of another.
    package func uses(of id: SegmentID, account: AccountID, in session: any SQLSession) throws -> [SegmentUse] {
        try uses(of: account, in: session)[id] ?? []
    }

    /// The same for all segments of an account that are used, in the order of the ids; segments come first.
    package func uses(of account: AccountID, in session: any SQLSession) throws -> [SegmentID: [SegmentUse]] {
        var uses: [SegmentID: [SegmentUse]] = [:]
        for segment in try session.rows(SegmentTable.all, [.id(account)]).map(Segment.init(row:)) {
            for id in segment.content.needs {
                uses[id, default: []].append(SegmentUse(kind: .segment, id: segment.id.rawValue, name: segment.name))
            }
        }
        for campaign in try session.rows(Self.campaigns, [.id(account)]).map(CampaignNeeds.init(row:)) {
            for id in campaign.segments { uses[id, default: []].append(campaign.use) }
        }
        return uses
    }

    /// The same in a transaction of its own.
    package func uses(of account: AccountID) async throws -> [SegmentID: [SegmentUse]] {
        try await engine.read { try uses(of: account, in: $0) }
    }

    /// The campaigns that run on a segment, by way of others, too.
    func runningCampaigns(on id: SegmentID, account: AccountID, in session: any SQLSession) throws -> [SegmentUse] {
        let uses = try uses(of: account, in: session)
        var (seen, next, running): (Set<SegmentID>, [SegmentID], Set<SegmentUse>) = ([id], [id], [])
        while let segment = next.popLast() {
            for use in uses[segment] ?? [] {
                if use.isRunning { running.insert(use) }
                guard use.kind == .segment, seen.insert(SegmentID(rawValue: use.id)).inserted else { continue }
                next.append(SegmentID(rawValue: use.id))
            }
        }
        return running.sorted { $0.id < $1.id }
    }

    private static let campaigns = Query(
        "segment.campaigns",
        """
        SELECT id, name, status, definition FROM campaign
        WHERE account_id = $1 AND status IN ('approval_pending', 'scheduled', 'running') ORDER BY id
        """)
}

/// Which segments a campaign takes its people from.
private struct CampaignNeeds {
    let use: SegmentUse
    let segments: Set<SegmentID>

    init(row: SQLRow) throws {
        let who = try row.json(3)["who"]
        use = SegmentUse(kind: .campaign, id: try row.integer(0), name: try row.text(1), isRunning: try row.text(2) == "running")
        var segments = (try who?["where"].map { try AudienceRule(json: $0, path: "who.where") })?.segments ?? []
        if let id = who?["segment_id"]?.int { segments.insert(SegmentID(rawValue: id)) }
        self.segments = segments
    }
}
