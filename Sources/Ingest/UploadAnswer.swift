package import Core

/// What became of each record of a call.
package struct UploadAnswer: Hashable, Sendable {
    /// A refused record: nothing of it was stored.
    package struct Refusal: Hashable, Sendable {
        package var code: Int
        package var error: String
        /// The record as it came.
        package var record: JSONValue
    }

    /// Something about a record that was stored otherwise than it was sent.
    package struct Note: Hashable, Sendable {
        /// The record's place in the call, from 1.
        package var record: Int
        package var field: String
        package var reason: String
    }

    /// How many records took effect, or would have in a dry run.
    package var processed = 0
    package var unprocessed: [Refusal] = []
    package var notes: [Note] = []

    package init() {}

    /// `success` also for a call without records.
    package var status: String {
        if unprocessed.isEmpty { return "success" }
        return processed == 0 ? "fail" : "partial"
    }

    /// The answer on the wire. `warnings` (ours) is there only when something was cut or left out, at most 100 of them.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "status": .string(status), "processed": .int(Int64(processed)), "unprocessed": .array(unprocessed.map(\.json)),
        ]
        if !notes.isEmpty { members["warnings"] = .array(notes.prefix(100).map(\.json)) }
        return .object(members)
    }

    mutating func accept(_ fields: [FieldNote] = [], number: Int) {
        processed += 1
        notes += fields.map { Note(record: number, field: $0.field, reason: $0.reason) }
    }

    mutating func refuse(_ fault: RecordFault, record: JSONValue, number: Int) {
        unprocessed.append(Refusal(code: fault.code, error: fault.message(record: number), record: record))
    }
}

extension UploadAnswer.Refusal {
    fileprivate var json: JSONValue {
        ["status": "fail", "code": .int(Int64(code)), "error": .string(error), "record": record]
    }
}

extension UploadAnswer.Note {
    fileprivate var json: JSONValue {
        ["record": .int(Int64(record)), "field": .string(field), "reason": .string(reason)]
    }
}
