/// The kinds of id a person can be known by, in the order in which they are looked up.
package enum IdentityKind: String, Hashable, Sendable, CaseIterable {
    case identity
    case objectID = "objectId"
    case facebook = "FBID"
    case google = "GPID"
}

/// Who a record is about: one to four ids, each a text without U+0000.
package struct Who: Hashable, Sendable {
    package private(set) var ids: [IdentityKind: String]

    package init(_ ids: [IdentityKind: String]) { self.ids = ids }

    package subscript(_ kind: IdentityKind) -> String? { ids[kind] }

    /// In look-up order.
    var keys: [IdentityKey] {
        IdentityKind.allCases.compactMap { kind in ids[kind].map { IdentityKey(kind: kind, value: $0) } }
    }
}

/// One id of one kind, unique within an account. Compared byte by byte, as the database does; Swift's own comparison
/// takes two spellings of one accented letter for the same.
struct IdentityKey: Hashable, Sendable {
    let kind: IdentityKind
    let value: String

    static func == (a: Self, b: Self) -> Bool { a.kind == b.kind && a.value.utf8.elementsEqual(b.value.utf8) }

    func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        var value = value
        value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
