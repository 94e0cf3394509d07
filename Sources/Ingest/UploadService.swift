package import Core
package import Profiles
package import Storage

/// The upload call: people and what they do, up to 1000 records at a time.
package struct UploadService: Sendable {
    package static let maximumRecords = 1000
    private let engine: any SQLEngine
    private let profiles: ProfileStore
    private let stored: [Signal]

    /// - Parameter stored: raised after each call that stored something, for those who follow people and events.
    package init(engine: any SQLEngine, profiles: ProfileStore, stored: [Signal] = []) {
        (self.engine, self.profiles, self.stored) = (engine, profiles, stored)
    }

    /// Checks each record by itself, stores all good ones in one transaction and answers with the bad ones. Returns when
    /// what it stored is on disk. Sending the same call again stores its events again. A record that takes WhatsApp away
    /// from a person who had it, or gives it back, raises Channel Unsubscribed or Channel Subscribed.
    /// - Parameter dryRun: gives the same answer and stores nothing.
    /// - Throws: `InputError` `malformed` when `body` is no object with an array `d`, `too_many_records` for more than 1000
    ///   records; `StorageError` when the database could not take it. Nothing is stored then.
    package func upload(_ body: JSONValue, to account: AccountID, dryRun: Bool = false) async throws -> UploadAnswer {
        let items = try CallBody.records(of: body, atMost: Self.maximumRecords)
        let reader = RecordReader()
        let results = items.enumerated().map { index, item -> Result<ReadRecord, RecordFault> in
            do throws(RecordFault) { return .success(try reader.read(item, number: index + 1)) } catch { return .failure(error) }
        }
        let records = results.compactMap { try? $0.get().record }  // the faults are told below
        let outcomes = try await outcomes(of: records, account: account, dryRun: dryRun)
        return answer(items, results, outcomes)
    }

    private func outcomes(
        of records: [ProfileRecord], account: AccountID, dryRun: Bool
    ) async throws -> [RecordOutcome] {
        if records.isEmpty { return [] }
        if dryRun {
            return try await engine.read { try profiles.apply(records, to: account, source: Self.source, storing: false, in: $0) }
        }
        let outcomes = try await engine.write { try profiles.apply(records, to: account, source: Self.source, in: $0) }
        for signal in stored { signal.raise() }
        return outcomes
    }

    private func answer(
        _ items: [JSONValue], _ results: [Result<ReadRecord, RecordFault>], _ outcomes: [RecordOutcome]
    ) -> UploadAnswer {
        var (answer, outcomes) = (UploadAnswer(), outcomes.makeIterator())
        for (index, result) in results.enumerated() {
            switch result {
            case .failure(let fault): answer.refuse(fault, record: items[index], number: index + 1)
            case .success(let read):
                switch read.record == nil ? nil : outcomes.next() {
                case .refused(let problem):
                    answer.refuse(RecordFault(problem), record: items[index], number: index + 1)
                case .stored(let notes):
                    answer.accept(read.notes + notes.map(FieldNote.init), number: index + 1)
                case nil: answer.accept(read.notes, number: index + 1)
                }
            }
        }
        return answer
    }

    private static let source = "upload_api"
}

/// The outer shape that upload and subscribe share.
enum CallBody {
    static func records(of body: JSONValue, atMost limit: Int) throws(InputError) -> [JSONValue] {
        guard let items = body["d"]?.array else {
            throw InputError(code: "malformed", field: "d", "The body must be an object with the array \"d\".")
        }
        guard items.count <= limit else {
            throw InputError(
                code: "too_many_records", field: "d", "A call may have \(limit) records, this one has \(items.count). Nothing was stored.")
        }
        return items
    }
}

extension RecordFault {
    init(_ problem: RecordProblem) {
        switch problem {
        case .tooManyEventTypes: self = .tooManyEventTypes
        case .property(let fault): self = .profile("\(fault.name.debugDescription) \(fault.reason)")
        }
    }
}

extension FieldNote {
    init(_ note: RecordNote) {
        switch note {
        case .surplusProperty(let name):
            self.init(field: name, reason: "left out: the profile has \(PropertyLimits.customProperties) custom properties")
        case .nothingToBlock:
            self.init(field: ProfileField.numberBlock, reason: "had no effect: the profile has no phone number")
        }
    }
}
