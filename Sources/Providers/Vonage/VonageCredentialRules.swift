import Core
import WhatsApp

/// What a channel must know: `signature_secret`, and `api_key` with `api_secret` or `application_id` with `private_key`;
/// both pairs are allowed. A webhook names the account and the application that it is for, so at least one of the two
/// must be known; either pair brings one. Beside the application's pair, `api_key` may stand alone for that use.
enum VonageCredentialRules {
    /// - Throws: `InputError` whose field is the credential that is missing or malformed; never with its value.
    static func check(_ credentials: Credentials) throws(InputError) {
        if credentials["private_key"] != nil { try checkApplication(credentials) } else { try checkAccount(credentials) }
        try check(credentials, "signature_secret", VonageSignature.secretLength)
        if credentials["application_id"] != nil { try check(credentials, "application_id", 1...64) }
        guard let waba = credentials["waba_id"] else { return }
        guard (1...32).contains(waba.utf8.count), waba.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw refusal("waba_id", "The waba_id is a number of 1 to 32 digits.")
        }
    }

    private static func checkApplication(_ credentials: Credentials) throws(InputError) {
        try check(credentials, "application_id", 1...64)
        guard VonageApplication(credentials)?.hasReadableKey == true else {
            throw refusal(
                "private_key", "The private_key is an RSA key of at least 2,048 bits in PEM, as Vonage gives it for an application.")
        }
        if credentials["api_secret"] != nil { try checkAccount(credentials) }
        if credentials["api_key"] != nil { try checkKey(credentials) }
    }

    private static func checkAccount(_ credentials: Credentials) throws(InputError) {
        try checkKey(credentials)
        try check(credentials, "api_secret", 1...256)
    }

    private static func checkKey(_ credentials: Credentials) throws(InputError) {
        try check(credentials, "api_key", 1...64)
        guard credentials["api_key"]?.contains(":") == false else {  // HTTP Basic ends the key at the first colon
            throw refusal("api_key", "The api_key holds no colon.")
        }
    }

    private static func check(_ credentials: Credentials, _ name: String, _ length: ClosedRange<Int>) throws(InputError) {
        guard let value = credentials[name], length.contains(value.utf8.count), value.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw refusal(name, "A Vonage channel needs \(name), \(length.lowerBound) to \(length.upperBound) characters without spaces.")
        }
    }

    private static func refusal(_ name: String, _ message: String) -> InputError {
        InputError(code: "invalid_credentials", field: "credentials.\(name)", message)
    }
}
