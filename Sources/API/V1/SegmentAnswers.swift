import Audience
import Core
import ZoneTime

/// What the answers about some segments need besides them.
struct SegmentAnswers {
    private let sizes: [SegmentID: SegmentSize]
    private let uses: [SegmentID: [SegmentUse]]
    private let names: [SegmentID: String]

    init(_ page: [Segment], _ segments: SegmentStore, of account: AccountID) async throws {
        sizes = try await segments.lastSizes(of: page.map(\.id))
        uses = try await segments.uses(of: account)
        names = try await segments.names(of: account)
    }

    /// A line of the list: `size` is the last that was measured, `campaigns` and `segments` how many use it.
    func short(_ segment: Segment) -> JSONValue { .object(members(segment)) }

    /// The same with the rule, and who uses it.
    func long(_ segment: Segment) -> [String: JSONValue] {
        var members = members(segment)
        switch segment.content {
        case .past(let rule):
            members["where"] = rule.json
            members["text"] = .string(rule.describe(segments: names))
        case .live(let rule):
            var live = rule.json.object ?? [:]
            live["type"] = .string(segment.type.rawValue)
            members["live"] = .object(live)
            members["text"] = .string(rule.describe(segments: names))
        case .list: members["text"] = "Everyone on the list"
        }
        members["used_by"] = .array(uses[segment.id, default: []].map(\.json))
        return members
    }

    private func members(_ segment: Segment) -> [String: JSONValue] {
        let uses = uses[segment.id, default: []]
        return [
            "id": .int(segment.id.rawValue), "name": .string(segment.name), "type": .string(segment.type.rawValue),
            "created_at": .string(segment.createdAt.iso8601()), "updated_at": .string(segment.updatedAt.iso8601()),
            "created_by": JSONValue(text: segment.createdBy), "updated_by": JSONValue(text: segment.updatedBy),
            "size": sizes[segment.id]?.json ?? .null, "campaigns": .int(Int64(uses.count { $0.kind == .campaign })),
            "segments": .int(Int64(uses.count { $0.kind == .segment })),
        ]
    }
}

extension SegmentSize {
    /// `{day: 20270115, count, reachable, measured_at}`
    var json: JSONValue {
        [
            "day": .int(day.written), "count": .int(Int64(count)), "reachable": .int(Int64(reachable)),
            "measured_at": .string(measuredAt.iso8601()),
        ]
    }
}

extension SegmentUse {
    fileprivate var json: JSONValue { ["kind": .string(kind.rawValue), "id": .int(id), "name": .string(name)] }
}

extension ListReport {
    /// `{rows, taken, repeated, unknown, bad, unknown_examples: [{row, text}], bad_examples}`
    var json: JSONValue {
        [
            "rows": .int(Int64(rows)), "taken": .int(Int64(taken)), "repeated": .int(Int64(repeated)), "unknown": .int(Int64(unknown)),
            "bad": .int(Int64(bad)), "unknown_examples": .array(unknownExamples.map(\.json)),
            "bad_examples": .array(badExamples.map(\.json)),
        ]
    }
}

extension ListReport.Example {
    fileprivate var json: JSONValue { ["row": .int(Int64(row)), "text": .string(text)] }
}

extension Explanation {
    /// `{text, holds, number?, parts?}`, for the whole rule and for each clause of it.
    func json(names: [SegmentID: String]) -> JSONValue {
        var members: [String: JSONValue] = ["text": .string(rule.describe(segments: names)), "holds": .bool(holds)]
        members["number"] = number.map(JSONValue.init(exact:))
        if !parts.isEmpty { members["parts"] = .array(parts.map { $0.json(names: names) }) }
        return .object(members)
    }
}

extension JSONValue {
    /// A whole number as one.
    init(exact number: Double) { self = Int64(exactly: number).map(JSONValue.int) ?? .double(number) }
}
