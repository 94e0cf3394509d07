import Core

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Sees to it that one process works on a data folder. The system lets go of the lock when the process ends, however it ends.
package final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Makes the folder if there is none, readable by its owner only.
    /// - Throws: `SettingsError` when the folder cannot be written or another process has it.
    package init(folder: String) throws {
        try Self.make(folder)
        descriptor = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SettingsError("The data folder \(folder) cannot be written: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw SettingsError("Another whimbrel works on the data folder \(folder). Stop it first, or choose another with --data.")
        }
    }

    deinit { close(descriptor) }

    private static func make(_ folder: String) throws {
        var path = folder.hasPrefix("/") ? "" : "."
        for part in folder.split(separator: "/") {
            path += "/\(part)"
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
                throw SettingsError("The data folder \(folder) cannot be made: \(String(cString: strerror(errno))).")
            }
        }
    }
}
