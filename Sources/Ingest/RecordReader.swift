import Core
import Profiles

/// One record, checked by itself.
struct ReadRecord: Sendable {
    /// Nil for a token, which is checked and not kept.
    var record: ProfileRecord?
    var notes: [FieldNote] = []
}

/// Something about a field that is stored otherwise than it was sent.
struct FieldNote: Hashable, Sendable {
    var field: String
    var reason: String
}

/// Reads the records of the upload call (vendor document, "records"). Only the first fault counts; the order is kind, who,
/// ts, then the content.
struct RecordReader {
    func read(_ value: JSONValue, number: Int) throws(RecordFault) -> ReadRecord {
        guard !value.hasNullCharacter else { throw .nullCharacter }
        guard let kind = value["type"]?.string, ["profile", "event", "token"].contains(kind) else { throw .kind }
        let who = try WhoReader.read(value)
        let time = try time(value["ts"])
        switch kind {
        case "profile":
            let (change, notes) = try ProfileDataReader.read(value["profileData"])
            return ReadRecord(
                record: ProfileRecord(number: number, who: who, time: time, content: .profile(change)), notes: notes)
        case "event":
            let (name, properties, notes) = try EventReader.read(name: value["evtName"], data: value["evtData"])
            let content = ProfileRecord.Content.event(name, properties: properties)
            return ReadRecord(record: ProfileRecord(number: number, who: who, time: time, content: content), notes: notes)
        default:
            try checkToken(value["tokenData"])
            return ReadRecord()
        }
    }

    /// Epoch seconds: a whole number from 1 to the end of the year 9999, so that milliseconds are refused instead of
    /// being taken for a date far ahead. Nil when the record does not say.
    private func time(_ value: JSONValue?) throws(RecordFault) -> Timestamp? {
        guard let value, !value.isNull else { return nil }
        guard let seconds = value.int, (1...253_402_300_799).contains(seconds) else { throw .time }
        return Timestamp(seconds: seconds)
    }

    /// There is no push channel, so a device token is checked for its shape and not kept.
    private func checkToken(_ data: JSONValue?) throws(RecordFault) {
        guard let data, data.object != nil else { throw .token(530, "tokenData is mandatory") }
        guard let id = data["id"]?.string, !id.isEmpty else { throw .token(531, "Token id is mandatory") }
        guard let type = data["type"]?.string, !type.isEmpty else { throw .token(532, "Token type is mandatory") }
    }
}

extension JSONValue {
    /// Whether U+0000 stands in any text or key; the database cannot hold it.
    var hasNullCharacter: Bool {
        switch self {
        case .string(let text): text.utf8.contains(0)
        case .array(let items): items.contains(where: \.hasNullCharacter)
        case .object(let members): members.contains { $0.key.utf8.contains(0) || $0.value.hasNullCharacter }
        default: false
        }
    }
}
