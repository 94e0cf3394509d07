import Core

/// What an operator wants the first account to be. What is nil is made up.
package struct FirstAccount: Sendable {
    package var accountID: String?
    package var passcode: String?
    package var adminEmail: String?
    package var adminPassword: String?
    package var name: String
    /// An IANA name.
    package var timeZone: String

    package init(
        accountID: String? = nil, passcode: String? = nil, adminEmail: String? = nil, adminPassword: String? = nil,
        name: String = "My business", timeZone: String = "Etc/UTC"
    ) {
        (self.accountID, self.passcode, self.name, self.timeZone) = (accountID, passcode, name, timeZone)
        (self.adminEmail, self.adminPassword) = (adminEmail, adminPassword)
    }
}

/// The first account, just made. The passcode and the password cannot be had again: show what was made up, once.
package struct Bootstrap: Sendable {
    /// One value, and whether it was made up here or given from outside.
    package struct Value: Sendable {
        package let text: String
        /// True when it was made up, so that nobody knows it yet.
        package let isGenerated: Bool
    }

    package let account: Account
    package let accountID: Value
    package let passcode: Value
    package let adminEmail: Value
    package let adminPassword: Value
}

/// The rules for what a person may choose.
package enum CredentialRules {
    /// 1 to 64 letters, digits, `-`, `_` or `.`.
    package static func isAccountID(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(Self.idCharacters.contains)
    }

    static func checkAccountID(_ text: String) throws {
        guard isAccountID(text) else {
            throw InputError(
                code: "invalid_account_id", field: "account_id", "An account id is 1 to 64 letters, digits, hyphens, dots or underscores.")
        }
    }

    /// Fits a header: 6 to 128 printable ASCII characters without spaces.
    static func checkPasscode(_ text: String) throws {
        guard (6...128).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw InputError(
                code: "invalid_passcode", field: "passcode", "A passcode is 6 to 128 printable ASCII characters without spaces.")
        }
        guard !known.contains(text.lowercased()) else {
            throw InputError(code: "weak_passcode", field: "passcode", "This passcode is on every list of guesses. Choose another.")
        }
    }

    /// The form that is stored and looked up: without spaces around it, lower case.
    package static func normalizedEmail(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()).lowercased()
    }

    static func checkEmail(_ text: String) throws {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.contains(where: \.isWhitespace),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { throw InputError(code: "invalid_email", field: "email", "An e-mail address looks like name@example.com.") }
    }

    /// 10 to 256 characters, not one of the usual guesses, not the e-mail address (OWASP, "Authentication Cheat Sheet").
    static func checkPassword(_ text: String, email: String) throws {
        guard text.count >= 10 else {
            throw InputError(code: "weak_password", field: "password", "A password has 10 characters or more.")
        }
        guard text.utf8.count <= 1024, text.count <= 256 else {
            throw InputError(code: "invalid_password", field: "password", "A password has 256 characters at most.")
        }
        let plain = text.lowercased()
        guard !known.contains(plain), plain != email, Set(plain).count > 3 else {
            throw InputError(code: "weak_password", field: "password", "This password is easy to guess. Choose another.")
        }
    }

    private static let idCharacters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8)

    private static let known: Set<String> = [
        "admin", "admin1234", "admin12345", "admin123456", "adminadmin", "administrator", "administrator1", "changeme", "changeme123",
        "password", "password1", "password12", "password123", "password1234", "passw0rd123", "p@ssw0rd123", "letmein", "letmein123",
        "welcome123", "welcome1234", "qwerty", "qwertyuiop", "qwerty12345", "qwerty123456", "1q2w3e4r5t", "iloveyou123", "default",
        "123456", "1234567", "12345678", "123456789", "1234567890", "0123456789", "0987654321", "12345678910", "abcdefghij", "abc1234567",
        "secret", "secret1234", "secretsecret", "whimbrel", "whimbrel123", "whimbrel1234", "whimbrelwhimbrel",
    ]
}

extension Randomness {
    /// Groups of five characters out of 32 that cannot be mistaken for one another: 25 bits a group.
    func readable(groups: Int, of length: Int = 5) -> String {
        let letters = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)
        let groups = (0..<groups).map { _ in String(decoding: bytes(length).map { letters[Int($0 & 31)] }, as: UTF8.self) }
        return groups.joined(separator: "-")
    }
}
