package import Core
package import Storage

extension ProfileStore {
    /// A person took their WhatsApp to another number: everyone who had the old one gets the new one. Consent is the
    /// person's and stays. Once nobody has the old number, calling it again changes nothing.
    package func moveNumber(
        from old: PhoneNumber, to new: PhoneNumber, of account: AccountID, in session: any SQLSession
    ) throws {
        let owners = try withPhone(old, of: account, in: session)
        guard old != new, !owners.isEmpty else { return }
        let people = try ProfileTable.load(owners, of: account, locking: true, in: session)
        let moved = people.values.sorted { $0.id < $1.id }.map { person in
            var person = person
            person.phone = new
            return person
        }
        try ProfileTable.write(moved, at: clock.now(), in: session)
    }
}
