package import Core
package import Storage

extension ProfileStore {
    /// The people whom these ids name, each once, in the order in which they are named, and the ids that nobody has. One
    /// statement for each kind of id.
    package func people(
        named ids: [(kind: IdentityKind, value: String)], emails: [String], of account: AccountID, in session: any SQLSession
    ) throws -> (people: [ProfileID], unknown: [String]) {
        let keys = ids.map { IdentityKey(kind: $0.kind, value: $0.value) }
        let owners = try IdentityTable.owners(of: Set(keys.filter { !$0.value.utf8.contains(0) }), in: account, session: session)
        var (people, seen, unknown) = ([ProfileID](), Set<ProfileID>(), [String]())
        func note(_ person: ProfileID?, _ name: String) {
            guard let person else { return unknown.append(name) }
            if seen.insert(person).inserted { people.append(person) }
        }
        for key in keys { note(owners[key], key.value) }
        for email in emails { note(try withEmail(email, of: account, in: session).first, email) }
        return (people, unknown)
    }
}
