/// One post to an account.
struct Callback: Sendable {
    let url: String
    var contentType = "application/json"
    /// Names in lower case.
    var headers: [(name: String, value: String)] = []
    let body: [UInt8]
}

/// How a callback is signed.
enum Proof: Sendable {
    case genuine
    /// Not as the vendor would; `secret` is the one of another account, or one that nobody has.
    case forged(Forgery, secret: String)
}

/// The ways to get a signature wrong, for tests of whoever checks them.
enum Forgery: String, CaseIterable, Sendable {
    /// None at all.
    case missing
    /// Made under a secret that nobody has.
    case wrong
    /// The right one without its last character.
    case truncated
    /// The right one in capital letters.
    case upperCase = "upper_case"
    /// Made under the secret of another account of the same vendor, if there is one.
    case otherAccount = "other_account"
    /// The right one of another body.
    case replayed
}
