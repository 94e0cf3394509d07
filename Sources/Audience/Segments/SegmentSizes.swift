package import Core
import Storage
package import ZoneTime

/// How many people a segment had on a day of its account's, and how many of them a campaign could write to.
package struct SegmentSize: Hashable, Sendable {
    package var day: Day
    package var count: Int
    package var reachable: Int
    package var measuredAt: Timestamp
}

extension SegmentStore {
    /// How many days sizes are kept.
    package static let daysKept = 400

    /// The sizes that are kept, oldest first.
    package func sizes(of id: SegmentID, account: AccountID) async throws -> [SegmentSize] {
        try await engine.read { session in
            _ = try required(id, of: account, in: session)
            return try session.rows(SizeTable.all, [.id(id)]).map { try SegmentSize(row: $0, from: 0) }
        }
    }

    /// The last size of each of these segments; one that was never measured is left out. One statement.
    package func lastSizes(of ids: [SegmentID]) async throws -> [SegmentID: SegmentSize] {
        guard !ids.isEmpty else { return [:] }
        return try await engine.read { session in
            let rows = try session.rows(SizeTable.last, [.list(ids)])
            return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.id(0), try SegmentSize(row: $0, from: 1)) })
        }
    }

    /// The segments of an account whose size on this day is not known yet.
    func unmeasured(of account: AccountID, on day: Day) async throws -> [SegmentID] {
        try await engine.read { try $0.rows(SizeTable.unmeasured, [.id(account), .integer(day.written)]).map { try $0.id(0) } }
    }

    /// The accounts that have segments.
    func accounts() async throws -> [AccountID] {
        try await engine.read { try $0.rows(SizeTable.accounts).map { try $0.id(0) } }
    }

    /// Notes a size in the place of an earlier one of that day, and drops those that are too old. Does nothing for a segment that
    /// is gone by now.
    func record(_ size: SegmentSize, of id: SegmentID, account: AccountID) async throws {
        try await engine.write { session in
            guard try segment(id, of: account, in: session) != nil else { return }
            try session.run(
                SizeTable.record, [.id(id), .integer(size.day.written), .int(size.count), .int(size.reachable), .time(size.measuredAt)])
            try session.run(SizeTable.deleteOld, [.id(id), .integer(size.day.adding(days: -Self.daysKept).written)])
        }
    }

    /// Lets the size of a segment that has changed be worked out anew.
    func forgetSizeOfToday(_ segment: Segment, in session: any SQLSession) throws {
        let today = try clock.moment(of: segment.accountID, in: session).today
        try session.run(SizeTable.delete, [.id(segment.id), .integer(today.written)])
    }
}

extension SegmentSize {
    fileprivate init(row: SQLRow, from column: Int) throws {
        guard let day = Day(try row.integer(column)) else { throw StorageError(.mismatch, "segment_size has no date as its day") }
        self.init(
            day: day, count: try row.int(column + 1), reachable: try row.int(column + 2), measuredAt: try row.time(column + 3))
    }
}

/// The statements on `segment_size`.
enum SizeTable {
    static let all = Query(
        "segment_size.all", "SELECT day, people, reachable, measured_at FROM segment_size WHERE segment_id = $1 ORDER BY day")
    static let last = Query("segment_size.last") { sql in
        """
        SELECT z.segment_id, z.day, z.people, z.reachable, z.measured_at FROM segment_size z
        WHERE \(sql.among("z.segment_id", integers: "$1"))
            AND z.day = (SELECT MAX(day) FROM segment_size l WHERE l.segment_id = z.segment_id)
        """
    }
    static let accounts = Query("segment_size.accounts", "SELECT DISTINCT account_id FROM segment ORDER BY account_id")
    static let unmeasured = Query(
        "segment_size.unmeasured",
        """
        SELECT s.id FROM segment s WHERE s.account_id = $1 AND s.type IN ('past_behaviour', 'custom_list')
            AND NOT EXISTS (SELECT 1 FROM segment_size z WHERE z.segment_id = s.id AND z.day = $2)
        ORDER BY s.id
        """)
    static let record = Query(
        "segment_size.record",
        """
        INSERT INTO segment_size (segment_id, day, people, reachable, measured_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (segment_id, day) DO UPDATE SET people = excluded.people, reachable = excluded.reachable,
            measured_at = excluded.measured_at
        """)
    static let delete = Query("segment_size.delete", "DELETE FROM segment_size WHERE segment_id = $1 AND day = $2")
    static let deleteOld = Query("segment_size.delete_old", "DELETE FROM segment_size WHERE segment_id = $1 AND day <= $2")
    static let deleteAll = Query("segment_size.delete_all", "DELETE FROM segment_size WHERE segment_id = $1")
}
