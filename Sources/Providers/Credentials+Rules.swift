import Core
import WhatsApp

extension Credentials {
    /// The value under `name`.
    /// - Throws: `InputError` when it is missing, has another length, or holds a space or a control character; it names the
    ///   field, never the value.
    @discardableResult
    func word(_ name: String, _ length: ClosedRange<Int>, of vendor: String) throws(InputError) -> String {
        guard let value = self[name], length.contains(value.count), value.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw Self.malformed(
                name, "A channel of \(vendor) needs \(name), \(length.lowerBound) to \(length.upperBound) characters without spaces.")
        }
        return value
    }

    /// Checks the secret of callbacks, which a channel may do without.
    func checkWebhookSecret(of vendor: String) throws(InputError) {
        guard self[WebhookSecret.credential] != nil else { return }
        try word(WebhookSecret.credential, WebhookSecret.length, of: vendor)
    }

    static func malformed(_ name: String, _ message: String) -> InputError {
        InputError(code: "invalid_credentials", field: "credentials.\(name)", message)
    }
}
