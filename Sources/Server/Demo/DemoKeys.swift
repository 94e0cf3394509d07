import Core
import Foundation

/// What the demo must remember between starts: keys of the pretend provider and the passcode that the demo itself uses.
/// Kept beside the database, readable by its owner only.
struct DemoKeys: Sendable {
    let passcode: String
    let sandboxKey: String
    let sandboxSecret: String
    let signatureSecret: String

    /// Reads `demo.json` in the folder, or makes it with new random keys.
    /// - Throws: `SettingsError` when the file is damaged or cannot be written.
    init(folder: String, random: Randomness = .system) throws {
        let path = "\(folder)/demo.json"
        if let data = FileManager.default.contents(atPath: path) {
            guard let json = try? JSONValue(parsing: Array(data)), let keys = Self(json) else {
                throw SettingsError("\(path) is damaged. Remove the folder \(folder) to begin the demo anew.")
            }
            self = keys
            return
        }
        (passcode, sandboxKey) = (random.token(), "demo-" + random.token(bytes: 4))
        (sandboxSecret, signatureSecret) = (random.token(), random.token(bytes: 32))
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: path, contents: Data(json.bytes), attributes: [.posixPermissions: 0o600]) else {
            throw SettingsError("The data folder \(folder) cannot be written.")
        }
    }

    private init?(_ json: JSONValue) {
        guard let passcode = json["passcode"]?.string, let key = json["sandbox_key"]?.string,
            let secret = json["sandbox_secret"]?.string, let signature = json["signature_secret"]?.string
        else { return nil }
        (self.passcode, sandboxKey, sandboxSecret, signatureSecret) = (passcode, key, secret, signature)
    }

    private var json: JSONValue {
        [
            "passcode": .string(passcode), "sandbox_key": .string(sandboxKey), "sandbox_secret": .string(sandboxSecret),
            "signature_secret": .string(signatureSecret),
        ]
    }
}
