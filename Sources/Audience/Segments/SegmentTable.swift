import Core
import Storage

/// The statements on `segment`.
enum SegmentTable {
    private static let columns = "id, account_id, name, type, rule, created_by, updated_by, created_at, updated_at"

    static let find = Query("segment.find", "SELECT \(columns) FROM segment WHERE account_id = $1 AND id = $2")
    static let some = Query("segment.some") { sql in
        "SELECT \(columns) FROM segment WHERE account_id = $1 AND \(sql.among("id", integers: "$2"))"
    }
    static let all = Query("segment.all", "SELECT \(columns) FROM segment WHERE account_id = $1 ORDER BY id")
    static let names = Query("segment.names", "SELECT id, name FROM segment WHERE account_id = $1")
    static let named = Query("segment.named", "SELECT id FROM segment WHERE account_id = $1 AND name_key = $2")
    static let count = Query("segment.count", "SELECT COUNT(*) FROM segment WHERE account_id = $1")
    static let insert = Query(
        "segment.insert",
        """
        INSERT INTO segment (id, account_id, name, name_key, type, rule, created_by, updated_by, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """)
    static let update = Query(
        "segment.update",
        "UPDATE segment SET name = $2, name_key = $3, rule = $4, updated_by = $5, updated_at = $6 WHERE id = $1")
    static let delete = Query("segment.delete", "DELETE FROM segment WHERE id = $1")

    /// A page in the order of a column, forwards or backwards. `$5` and `$6` are the last place, if `$7` is 1; without a
    /// search `$3` is empty.
    private static func page(_ name: StaticString, by column: String, descending: Bool) -> Query {
        let (comparison, direction) = descending ? ("<", "DESC") : (">", "ASC")
        return Query(name) { sql in
            """
            SELECT \(columns) FROM segment
            WHERE account_id = $1 AND \(sql.among("type", texts: "$2")) AND ($3 = '' OR \(sql.position("$3", in: "name_key")) > 0 OR id = $4)
                AND ($7 = 0 OR (\(column), id) \(comparison) ($5, $6))
            ORDER BY \(column) \(direction), id \(direction) LIMIT $8
            """
        }
    }

    static let pages: [SegmentFilter.Order: (up: Query, down: Query)] = [
        .name: (
            page("segment.by_name", by: "name_key", descending: false), page("segment.by_name_back", by: "name_key", descending: true)
        ),
        .created: (
            page("segment.by_creation", by: "created_at", descending: false),
            page("segment.by_creation_back", by: "created_at", descending: true)
        ),
        .updated: (
            page("segment.by_change", by: "updated_at", descending: false),
            page("segment.by_change_back", by: "updated_at", descending: true)
        ),
    ]
}

extension Dialect {
    /// Where a text begins in another, from 1; 0 when it is not in it.
    fileprivate func position(_ part: String, in whole: String) -> String {
        self == .postgres ? "strpos(\(whole), \(part))" : "instr(\(whole), \(part))"
    }
}

extension Segment {
    init(row: SQLRow) throws {
        guard let type = SegmentType(rawValue: try row.text(3)) else {
            throw StorageError(.mismatch, "segment \(try row.integer(0)) is of no known type")
        }
        self.init(
            id: try row.id(0), accountID: try row.id(1), name: try row.text(2), content: try SegmentContent(row.json(4), type),
            createdBy: try row.textIfPresent(5), updatedBy: try row.textIfPresent(6), createdAt: try row.time(7),
            updatedAt: try row.time(8))
    }

    var insertValues: [SQLValue] {
        [
            .id(id), .id(accountID), .text(name), .text(SegmentName(name).key), .text(type.rawValue), .json(content.json),
            .optional(createdBy), .optional(updatedBy), .time(createdAt), .time(updatedAt),
        ]
    }

    var updateValues: [SQLValue] {
        [.id(id), .text(name), .text(SegmentName(name).key), .json(content.json), .optional(updatedBy), .time(updatedAt)]
    }
}

extension SegmentContent {
    fileprivate init(_ json: JSONValue, _ type: SegmentType) throws {
        switch (type, type.trigger) {
        case (.customList, _): self = .list
        case (_, let kind?): self = .live(try LiveRule(json: json, kind: kind, path: "live"))
        default: self = .past(try AudienceRule(json: json, path: "where"))
        }
    }

    fileprivate var json: JSONValue {
        switch self {
        case .past(let rule): rule.json
        case .live(let rule): rule.json
        case .list: [:]
        }
    }
}
