import Core
import Providers
import Testing
import WhatsApp

@Suite struct VonageCredentialTests {
    let provider = VonageProvider()

    /// A complete set with some values changed; nil takes one away.
    private static func changed(_ base: [String: String], _ changes: [String: String?]) -> [String: String] {
        base.merging(changes.mapValues { $0 ?? "" }, uniquingKeysWith: { $1 }).filter { changes[$0.key] != .some(nil) }
    }

    private static let account = ["api_key": "a1b2c3d4", "api_secret": "s3cret", "signature_secret": VonageToken.secret]
    private static let application = [
        "application_id": VonageToken.application, "private_key": VonageKeys.pkcs8, "signature_secret": VonageToken.secret,
    ]

    @Test(
        arguments: [
            (account, ["api_key": nil], "api_key"), (account, ["api_key": ""], "api_key"), (account, ["api_key": "a:b"], "api_key"),
            (account, ["api_secret": nil], "api_secret"), (account, ["api_secret": "s s"], "api_secret"),
            (account, ["signature_secret": nil], "signature_secret"),
            (account, ["signature_secret": String(repeating: "x", count: 31)], "signature_secret"),
            (account, ["application_id": ""], "application_id"), (account, ["application_id": "a\nb"], "application_id"),
            (account, ["waba_id": ""], "waba_id"), (account, ["waba_id": "../1"], "waba_id"),
            (application, ["application_id": nil], "application_id"), (application, ["private_key": nil], "api_key"),
            (application, ["private_key": ""], "private_key"), (application, ["private_key": "secret"], "private_key"),
            (application, ["private_key": VonageKeys.small], "private_key"),
            (application, ["private_key": VonageKeys.ellipticCurve], "private_key"),
            (application, ["private_key": VonageKeys.publicKey], "private_key"),
            (application, ["private_key": String(VonageKeys.pkcs8.dropFirst(40))], "private_key"),
            (application, ["signature_secret": nil], "signature_secret"), (application, ["api_secret": "s3cret"], "api_key"),
            (application, ["api_key": "a:b"], "api_key"),
        ] as [([String: String], [String: String?], String)])
    func `incomplete credentials are refused by name`(base: [String: String], changes: [String: String?], field: String) {
        let values = Self.changed(base, changes)
        let error = #expect(throws: InputError.self) { try provider.check(Credentials(values)) }
        #expect(error?.field == "credentials.\(field)")
        for value in values.values where value.count > 5 { #expect(error?.message.contains(value) == false) }
    }

    @Test(
        arguments: [
            (account, [:]), (account, ["application_id": VonageToken.application, "waba_id": "100000000000001"]), (application, [:]),
            (application, ["private_key": VonageKeys.pkcs1]), (application, ["private_key": VonageKeys.pkcs8 + "\n"]),
            (application, ["private_key": VonageKeys.oneLine]), (application, ["private_key": VonageKeys.carriageReturns]),
            (application, ["api_key": "a1b2c3d4"]), (application, ["api_key": "a1b2c3d4", "api_secret": "s3cret"]),
        ] as [([String: String], [String: String?])])
    func `complete credentials are taken`(base: [String: String], changes: [String: String?]) throws {
        try provider.check(Credentials(Self.changed(base, changes)))
    }
}
