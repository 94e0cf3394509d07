/// Why a send request is not taken. Each wire says it in its vendor's words.
enum Refusal: Error, Hashable, Sendable {
    /// No such credentials.
    case unauthorized(String)
    /// They were good once.
    case tokenExpired
    /// Good credentials, but not for this sender.
    case sender(String)
    case invalid(InvalidParameters)
    /// Too many requests of the account.
    case rateLimited
    /// A refusal with an HTTP status, because the sandbox was told to.
    case status(Int)
    /// A refusal with a code of the vendor's, because the sandbox was told to.
    case code(String)
    case mishap(Mishap)
}

/// Every parameter that breaks a rule, and how; at least one.
struct InvalidParameters: Error, Hashable, Sendable {
    struct Fault: Hashable, Sendable {
        var name: String
        var reason: String
        /// The vendor's code for it, where there is one.
        var code: String?
    }

    var faults: [Fault]
    /// What can be read all the same, for the log.
    var glimpse = Glimpse()

    struct Glimpse: Hashable, Sendable {
        var to: String?
        var clientRef: String?
        var messageType: String?
    }
}

/// Why a message does not arrive.
enum Mishap: UInt8, Hashable, Sendable {
    /// As the behaviour's `fail_error` and `fail_code` say.
    case asTold
    /// The number is not on WhatsApp.
    case unreachable
    /// The person does not want to hear from this business.
    case optedOut
    /// The person gets too much marketing, from whomever.
    case marketingCap
    /// Too many messages to this person in a short time.
    case pairLimited
    /// Too many persons in a day.
    case tierReached
    case templateUnknown, templatePaused, templateDisabled
    /// Not as many parameters as the template has variables.
    case templateParameters
}

/// A mishap that happened, with what the sandbox was told to say of it.
struct Failure: Hashable, Sendable {
    let mishap: Mishap
    /// The code to give in the place of the vendor's usual one, where the mishap is `asTold`.
    let code: String?
    /// What Vonage says when the mishap is `asTold`.
    let told: DeliveryFailure

    init(_ mishap: Mishap, told: DeliveryFailure = DeliveryFailure(), code: String? = nil) {
        (self.mishap, self.told) = (mishap, told)
        self.code = mishap == .asTold ? code : nil
    }
}
