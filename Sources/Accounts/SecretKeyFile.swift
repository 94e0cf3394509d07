package import Core
import Foundation

/// Where the server's secret comes from.
package enum SecretKeyFile {
    /// Reads `<folder>/secret.key`, or makes it when there is none: 32 random bytes, mode 0600, on disk before this
    /// returns. Two processes that start together end with the same key.
    /// - Throws: `SettingsError` when the file cannot be read or written, has the wrong length, or can be read or
    ///   written by others than its owner.
    package static func load(from folder: String, random: Randomness = .system) throws -> SecretKey {
        let path = folder + "/secret.key"
        if !FileManager.default.fileExists(atPath: path) { try create(path, SecretKey(from: random), draft: "\(path).\(random.token())") }
        return try read(path)
    }

    /// Reads a key that is given as a setting: 64 hexadecimal digits, or 32 bytes in base64.
    /// - Throws: `SettingsError`, which does not repeat the text.
    package static func parse(_ text: String) throws -> SecretKey {
        let bytes = hexadecimal(text) ?? Data(base64Encoded: text).map(Array.init) ?? []
        guard let key = SecretKey(bytes: bytes) else {
            throw SettingsError("The secret key must be 32 bytes, written as 64 hexadecimal digits or in base64.")
        }
        return key
    }

    private static func read(_ path: String) throws -> SecretKey {
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? nil
        guard let mode, let data = FileManager.default.contents(atPath: path) else {
            throw SettingsError("The key file \(path) cannot be read.")
        }
        guard mode & 0o077 == 0 else {
            throw SettingsError("The key file \(path) is open to other users. Close it with: chmod 600 \(path)")
        }
        guard let key = SecretKey(bytes: Array(data)) else {
            throw SettingsError("The key file \(path) holds \(data.count) bytes instead of \(SecretKey.length). Restore it from a backup.")
        }
        return key
    }

    /// Writes beside the file and links it into place: a crash never leaves half a key, and of two processes the first wins.
    private static func create(_ path: String, _ key: SecretKey, draft: String) throws {
        defer { unlink(draft) }
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { throw problem("create", path) }
        let written = key.bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        let isSynced = fsync(file) == 0
        close(file)
        guard written == SecretKey.length, isSynced else { throw problem("write", path) }
        guard link(draft, path) == 0 || errno == EEXIST else { throw problem("create", path) }
        try syncFolder(of: path)
    }

    private static func syncFolder(of path: String) throws {
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY)
        guard folder >= 0 else { throw problem("create", path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw problem("create", path) }
    }

    private static func problem(_ verb: String, _ path: String) -> SettingsError {
        SettingsError("Cannot \(verb) the key file \(path): \(String(cString: strerror(errno))).")
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { $0 < 0x80 ? Character(Unicode.Scalar($0)).hexDigitValue : nil }
        guard digits.count == 64, text.utf8.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
