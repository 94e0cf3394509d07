#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file of zone rules on disk.
enum ZoneFile {
    /// Changes when the file is written or another takes its place.
    struct Stamp: Hashable {
        let device, inode, size, seconds, nanoseconds: Int
    }

    /// The largest of the system's files has 4 kB.
    private static let limit = 256 * 1024

    /// Nil when there is no such file, or it is a folder or larger than any zone's.
    static func stamp(_ path: String) -> Stamp? {
        var found = stat()
        guard stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG, found.st_size <= limit else { return nil }
        #if canImport(Glibc)
        let modified = found.st_mtim
        #else
        let modified = found.st_mtimespec
        #endif
        return Stamp(
            device: Int(found.st_dev), inode: Int(found.st_ino), size: Int(found.st_size), seconds: modified.tv_sec,
            nanoseconds: modified.tv_nsec)
    }

    /// Nil when it cannot be read.
    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = fread(buffer.baseAddress, 1, limit, file)
        }
        return ferror(file) == 0 ? bytes : nil
    }
}
