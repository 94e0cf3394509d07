import Core
import Profiles
import Storage
import WhatsApp

/// Finds out who somebody on WhatsApp is, by number or by WhatsApp's id, and remembers both together once both are known.
struct PeopleBook: Sendable {
    let profiles: ProfileStore
    let addresses: WhatsAppAddresses

    /// The profiles that this may be: those with the number; else the one whose other address it is.
    func candidates(for person: WhatsAppPerson, of account: AccountID, in session: any SQLSession) throws -> [ProfileID] {
        if let phone = person.phone {
            let owners = try profiles.withPhone(phone, of: account, in: session)
            if !owners.isEmpty { return owners }
        }
        for address in [person.userID?.text, person.phone?.digits].compactMap({ $0 }) {
            if let owner = try addresses.owner(of: address, account: account, in: session) { return [owner] }
        }
        return []
    }

    /// Remembers WhatsApp's id of a profile, so that no twin is made when the number is left out next time.
    func link(_ person: WhatsAppPerson, to profile: ProfileID, of account: AccountID, in session: any SQLSession) throws {
        guard let userID = person.userID else { return }
        try addresses.learn(userID.text, .user, of: profile, account: account, in: session)
    }
}
