import WhatsApp

/// One of the two accounts of a channel, and the fields that every call begins with.
struct GupshupEnterpriseAccount {
    typealias Field = (name: String, value: String)

    private let userID: String
    private let password: String

    private init?(_ credentials: Credentials, _ prefix: String) {
        guard let userID = credentials[prefix + "_user_id"], let password = credentials[prefix + "_password"],
            !userID.isEmpty, !password.isEmpty
        else { return nil }
        (self.userID, self.password) = (userID, password)
    }

    /// The account for templates.
    static func forTemplates(in credentials: Credentials) throws(SendFailure) -> Self {
        guard let account = Self(credentials, "hsm") else {
            throw SendFailure(.haltChannel, code: "no_credentials", summary: "The channel has no hsm_user_id or no hsm_password.")
        }
        return account
    }

    /// The account for everything that is no template. A channel without one can still send templates, so it is not halted.
    static func forReplies(in credentials: Credentials) throws(SendFailure) -> Self {
        guard let account = Self(credentials, "two_way") else {
            throw SendFailure(
                .reject, code: "no_two_way_account",
                summary: "Gupshup's enterprise gateway sends free-form messages through a two-way account, and the channel has none.")
        }
        return account
    }

    /// A POST, so that the password stays out of the addresses that servers log.
    func request(_ method: String, _ fields: [Field], to baseURL: String) -> ProviderRequest {
        let common: [Field] = [
            ("method", method), ("userid", userID), ("password", password), ("auth_scheme", "plain"), ("v", "1.1"), ("format", "json"),
        ]
        return ProviderRequest(
            url: baseURL + "/GatewayAPI/rest",
            headers: ["content-type": "application/x-www-form-urlencoded", "accept": "application/json"],
            body: FormEncoding.encode(common + fields))
    }
}
