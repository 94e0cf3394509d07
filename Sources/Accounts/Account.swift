package import Core

/// One business.
package struct Account: Hashable, Sendable {
    package let id: AccountID
    /// What API clients send as `X-CleverTap-Account-Id`: 1 to 64 letters, digits, `-`, `_` or `.`.
    package let publicID: String
    package let name: String
    /// An IANA name such as `Asia/Kolkata`.
    package let timeZone: String

    package init(id: AccountID, publicID: String, name: String, timeZone: String) {
        (self.id, self.publicID, self.name, self.timeZone) = (id, publicID, name, timeZone)
    }
}

/// A person who signs in to the pages.
package struct User: Hashable, Sendable {
    /// What a person may do (CleverTap, "Role-based access control": Admin, Creator, Member, Approver, Agent).
    package enum Role: String, Hashable, Sendable {
        case admin, creator, member, approver, agent
    }

    package let id: UserID
    package let accountID: AccountID
    /// Lower case.
    package let email: String
    package let role: Role

    package init(id: UserID, accountID: AccountID, email: String, role: Role) {
        (self.id, self.accountID, self.email, self.role) = (id, accountID, email, role)
    }
}

/// The kind of an API passcode's id.
package enum PasscodeKind {}
package typealias PasscodeID = Identifier<PasscodeKind>
