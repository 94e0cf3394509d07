package import Core
import Crypto

/// Where a client stands in the answer of a query: everything that the next page needs, sealed, so that nothing is kept here and
/// nothing in it can be changed or read.
struct QueryCursor: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable { case profiles, events }

    var kind: Kind
    /// The query as it came.
    var query: JSONValue
    var batchSize: Int
    var parts: RecordParts
    /// When the query was posted; it is judged as of then.
    var beganAt: Timestamp
    /// When this page was offered.
    var issuedAt: Timestamp
    /// What the pages before have gone through; an array of numbers, empty at the start.
    var place: [Int64] = []
}

extension QueryCursor {
    /// How long pages can be asked for (`clevertap.md` 3.2).
    func check(at now: Timestamp) throws(InputError) {
        let isOver =
            switch kind {
            case .profiles: now > beganAt + .seconds(4 * 86_400)
            case .events: now > beganAt + .seconds(4 * 3600) || now > issuedAt + .seconds(3600)
            }
        guard isOver else { return }
        let life = kind == .profiles ? "4 days" : "4 hours, and 1 hour after it was given"
        throw InputError(code: "expired_cursor", field: "cursor", "The cursor has expired: it lives for \(life). Post the query again.")
    }

    fileprivate var json: JSONValue {
        [
            "k": .string(kind.rawValue), "q": query, "n": .int(Int64(batchSize)), "f": .int(Int64(parts.rawValue)),
            "b": .int(beganAt.microseconds), "i": .int(issuedAt.microseconds), "p": .array(place.map(JSONValue.int)),
        ]
    }

    fileprivate init?(json: JSONValue) {
        guard let kind = json["k"]?.string.flatMap(Kind.init), let query = json["q"], let size = json["n"]?.int,
            let parts = json["f"]?.int, let began = json["b"]?.int, let issued = json["i"]?.int, let place = json["p"]?.array
        else { return nil }
        self.init(
            kind: kind, query: query, batchSize: Int(size), parts: RecordParts(rawValue: Int(parts)),
            beganAt: Timestamp(microseconds: began), issuedAt: Timestamp(microseconds: issued), place: place.compactMap(\.int))
    }
}

/// Seals cursors under a key of its own; the account is bound in.
package struct CursorSeal: Sendable {
    /// Characters of a cursor: it stands in an address.
    private static let limit = 32 * 1024
    private let key: SymmetricKey

    package init(_ secret: SecretKey) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret.bytes), info: Array("whimbrel query cursor".utf8), outputByteCount: 32)
    }

    /// - Throws: `InputError` `query_too_long` when the query is too long to go with every page.
    func seal(_ cursor: QueryCursor, for account: AccountID) throws -> String {
        let box = try AES.GCM.seal(cursor.json.bytes, using: key, authenticating: Self.bound(account))
        let text = AddressText.encode(Array(box.combined ?? box.ciphertext))
        guard text.utf8.count <= Self.limit else {
            throw InputError(
                code: "query_too_long",
                "The query is too long to be answered in pages: as a cursor it has at most \(Self.limit) characters.")
        }
        return text
    }

    /// - Throws: `InputError` `invalid_cursor` for a text that was changed, or given to another account or another call.
    func open(_ text: String, _ kind: QueryCursor.Kind, for account: AccountID) throws(InputError) -> QueryCursor {
        guard let bytes = AddressText.decode(text), let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key, authenticating: Self.bound(account)),
            let cursor = (try? JSONValue(parsing: Array(plain))).flatMap(QueryCursor.init(json:)), cursor.kind == kind
        else {
            throw InputError(code: "invalid_cursor", field: "cursor", "The cursor is not valid. Send it back as it was given.")
        }
        return cursor
    }

    private static func bound(_ account: AccountID) -> [UInt8] { Array("\(account)".utf8) }
}

/// What a record is to have besides the person's names.
struct RecordParts: OptionSet, Hashable, Sendable {
    let rawValue: Int
    static let app = RecordParts(rawValue: 1)
    static let events = RecordParts(rawValue: 2)
    static let profile = RecordParts(rawValue: 4)
}
