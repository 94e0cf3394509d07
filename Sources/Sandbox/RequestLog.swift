import Core
import Crypto

/// Every send request, in order, as far back as the capacity goes; counts and repeated references without limit.
struct RequestLog: Sendable {
    struct Entry: Sendable {
        var at: Timestamp
        var vendor: Vendor
        var account: String?
        var to: String?
        var clientRef: String?
        var messageType: String?
        /// Nil for a malformed request and beyond the content capacity.
        var content: Content?
        /// What tells a repetition where the vendor takes no reference; nil once that is done.
        var fingerprint: [UInt8]?
        var status: Int
        var messageUUID: MessageUUID?
        var isLost = false
        var fault = AnswerFault.none
    }

    /// A reference of an account as 128 bits of its SHA-256: as good as the text itself, and a fifth of the memory.
    private struct Reference: Hashable, Sendable {
        let high: UInt64
        let low: UInt64

        init(account: String, _ bytes: [UInt8], separator: UInt8 = 0) {
            var hash = SHA256()
            hash.update(data: Array(account.utf8))
            hash.update(data: [separator])
            hash.update(data: bytes)
            (high, low) = hash.finalize().withUnsafeBytes { $0.loadUnaligned(as: (UInt64, UInt64).self) }
        }
    }

    private var entries: Ring<Entry>
    private let contentCapacity: Int
    private var references: Set<Reference> = []
    private var repeated: Set<Reference> = []
    private(set) var accepted = 0
    private(set) var lost = 0

    init(capacity: Int, contentCapacity: Int) {
        entries = Ring(capacity: capacity)
        self.contentCapacity = contentCapacity
    }

    /// Requests ever got.
    var count: Int { entries.count }

    mutating func append(_ entry: Entry) {
        var kept = entry
        kept.fingerprint = nil
        entries.append(kept)
        entries.update(entries.count - 1 - contentCapacity) { $0.content = nil }
        guard entry.messageUUID != nil else { return }
        accepted += 1
        if entry.isLost { lost += 1 }
        guard let reference = Self.reference(of: entry) else { return }
        if !references.insert(reference).inserted { repeated.insert(reference) }
    }

    private static func reference(of entry: Entry) -> Reference? {
        guard let account = entry.account else { return nil }
        if let clientRef = entry.clientRef { return Reference(account: account, Array(clientRef.utf8)) }
        // The destination is part of the body.
        return entry.fingerprint.map { Reference(account: account, $0, separator: 1) }
    }

    /// Requests with a number above `number`, oldest first; numbers begin with 1.
    func page(after number: Int, limit: Int) -> JSONValue {
        let first = max(number, entries.oldest)
        let items = (first..<max(first, min(first + limit, entries.count))).compactMap { index in
            entries[index].map { Self.json($0, number: index + 1) }
        }
        return ["requests": .array(items), "total": .int(Int64(entries.count)), "oldest": .int(Int64(entries.oldest + 1))]
    }

    /// `duplicates` are references that were accepted more than once; a whole body stands for the reference where the
    /// vendor takes none.
    var summary: [String: JSONValue] {
        [
            "requests": .int(Int64(count)), "accepted": .int(Int64(accepted)), "lost": .int(Int64(lost)),
            "distinct_references": .int(Int64(references.count)), "duplicates": .int(Int64(repeated.count)),
        ]
    }

    private static func json(_ entry: Entry, number: Int) -> JSONValue {
        [
            "number": .int(Int64(number)), "at": .string(entry.at.iso8601(fraction: true)), "account": JSONValue(entry.account),
            "to": JSONValue(entry.to), "client_ref": JSONValue(entry.clientRef), "message_type": JSONValue(entry.messageType),
            "template": JSONValue(entry.content?.template),
            "parameters": .array(entry.content?.parameters.map(JSONValue.string) ?? []),
            "text": JSONValue(entry.content?.text), "status": .int(Int64(entry.status)),
            "message_uuid": JSONValue(entry.messageUUID?.description), "lost": .bool(entry.isLost),
            "vendor": .string(entry.vendor.rawValue), "kind": JSONValue(entry.content?.kind),
            "provider_message_id": JSONValue(entry.messageUUID.flatMap { entry.vendor.name(of: $0) }),
            "answer_fault": .string(entry.fault.rawValue),
        ]
    }
}
