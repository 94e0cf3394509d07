import Core
import Crypto
import WhatsApp

/// Seals credentials with AES-GCM under a key of its own, derived from the server's secret. The row's key is bound in
/// as associated data, so a sealed box that is copied into another row does not open there.
struct CredentialSeal: Sendable {
    private let key: SymmetricKey

    init(_ secret: SecretKey) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret.bytes), info: Array("whimbrel channel credentials".utf8), outputByteCount: 32)
    }

    func seal(_ credentials: Credentials, of channel: ChannelID) throws -> [UInt8] {
        let box = try AES.GCM.seal(credentials.json.bytes, using: key, authenticating: Self.row(channel))
        guard let bytes = box.combined else { throw SettingsError("The credentials of channel \(channel) cannot be sealed.") }
        return Array(bytes)
    }

    /// - Throws: `SettingsError` when the key is another one or the bytes were changed.
    func open(_ bytes: [UInt8], of channel: ChannelID) throws -> Credentials {
        guard let box = try? AES.GCM.SealedBox(combined: bytes),
            let text = try? AES.GCM.open(box, using: key, authenticating: Self.row(channel)),
            let values = try? JSONValue(parsing: Array(text)).object
        else {
            throw SettingsError(
                """
                The credentials of channel \(channel) cannot be opened: the secret key (the file secret.key in the data folder, \
                or the setting that replaces it) is not the one that they were sealed with. Restore that key.
                """)
        }
        return Credentials(values.compactMapValues(\.string))
    }

    private static func row(_ channel: ChannelID) -> [UInt8] { Array("channel:\(channel)".utf8) }
}
