package import Core
package import Profiles
package import Storage

/// Custom lists: segments whose people are named in a file (`clevertap.md` 5.5).
package struct CustomLists: Sendable {
    private let segments: SegmentStore
    private let profiles: ProfileStore

    package init(segments: SegmentStore, profiles: ProfileStore) { (self.segments, self.profiles) = (segments, profiles) }

    /// Saves the people of a file as a new list.
    /// - Parameter bytes: the file, piece by piece; read once, and not to its end when it cannot be taken.
    /// - Throws: `InputError`: `invalid_segment`, `name_taken`, `too_many_segments` before anything of the file is read;
    ///   `invalid_csv`, `too_large`, `empty_list`, and nothing is saved.
    package func create<Bytes: AsyncSequence>(
        named name: String, from bytes: Bytes, for account: AccountID, by user: String? = nil
    ) async throws -> (segment: Segment, report: ListReport) where Bytes.Element: Collection<UInt8> {
        let draft = SegmentDraft(name: try SegmentDraft.checked(name), content: .list)
        try await segments.engine.read { try segments.checkRoom(draft.name, in: account, $0) }
        let (people, report) = try await people(of: bytes, account)
        let segment = try await segments.engine.write { session in
            let segment = try segments.add(draft, to: account, by: user, in: session)
            try segments.setMembers(people, of: segment.id, in: session)
            return segment
        }
        return (segment, report)
    }

    /// Takes the people of a file in the place of those on the list.
    /// - Throws: `InputError`: `unknown_segment`; `not_a_list`; `segment_in_use` while a campaign runs on it; and as `create` for the
    ///   file. The list stays as it was then.
    package func replace<Bytes: AsyncSequence>(
        _ id: SegmentID, of account: AccountID, with bytes: Bytes, by user: String? = nil
    ) async throws -> (segment: Segment, report: ListReport) where Bytes.Element: Collection<UInt8> {
        try await segments.engine.read { _ = try segments.replaceable(id, of: account, in: $0) }
        let (people, report) = try await people(of: bytes, account)
        let segment = try await segments.engine.write { session in
            let segment = try segments.replaceable(id, of: account, in: session)
            return try segments.replaceMembers(of: segment, by: people, user: user, in: session)
        }
        return (segment, report)
    }

    private func people<Bytes: AsyncSequence>(
        of bytes: Bytes, _ account: AccountID
    ) async throws -> (PeopleSet, ListReport) where Bytes.Element: Collection<UInt8> {
        var reader = PeopleListReader()
        let (profiles, engine) = (profiles, segments.engine)
        let find: PeopleListReader.Find = { keys in
            try await engine.read { try profiles.owners(of: keys, in: account, $0) }
        }
        for try await piece in bytes { try await reader.read(piece, find: find) }
        try await reader.end(find: find)
        return (reader.people, reader.report)
    }
}

extension SegmentStore {
    /// The people of a custom list; nobody for any other segment.
    package static func members(of id: SegmentID, in session: any SQLSession) throws -> PeopleSet {
        var people = PeopleSet()
        for row in try session.rows(MemberTable.all, [.id(id)]) {
            guard let words = MemberChunk.words(try row.blob(1)) else {
                throw StorageError(.mismatch, "segment_member of segment \(id) is damaged")
            }
            people.setChunk(try row.int(0), words)
        }
        return people
    }

    package func setMembers(_ people: PeopleSet, of id: SegmentID, in session: any SQLSession) throws {
        try session.run(MemberTable.delete, [.id(id)])
        let chunks = people.chunks.enumerated().compactMap { index, words in
            words.flatMap(MemberChunk.bytes).map { [SQLValue.id(id), .int(index), .blob($0)] }
        }
        try session.run(MemberTable.insert, batch: chunks)
    }

    fileprivate func replaceMembers(
        of segment: Segment, by people: PeopleSet, user: String?, in session: any SQLSession
    ) throws -> Segment {
        var segment = segment
        (segment.updatedBy, segment.updatedAt) = (user, try clock.moment(of: segment.accountID, in: session).now)
        try setMembers(people, of: segment.id, in: session)
        try session.run(SegmentTable.update, segment.updateValues)
        try forgetSizeOfToday(segment, in: session)
        return segment
    }

    fileprivate func replaceable(_ id: SegmentID, of account: AccountID, in session: any SQLSession) throws -> Segment {
        let segment = try required(id, of: account, in: session)
        guard segment.type == .customList else {
            throw InputError(.conflict, code: "not_a_list", "The segment \(id) is no custom list; its people follow from its rule.")
        }
        let campaigns = try runningCampaigns(on: id, account: account, in: session)
        guard campaigns.isEmpty else { throw SegmentUse.refusal(campaigns) }
        return segment
    }
}

extension SegmentDraft {
    /// A name that came by itself, not in a JSON text.
    fileprivate static func checked(_ name: String) throws(InputError) -> String {
        try Self.name(InputObject(["name": .string(name)], code: code, keys: ["name"]))
    }
}
