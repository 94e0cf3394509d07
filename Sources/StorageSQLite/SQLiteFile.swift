import GRDB
import Storage

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The files of a database and how they are opened.
enum SQLiteFile {
    static func makeFolder(_ folder: String) throws(StorageError) {
        guard mkdir(folder, 0o700) != 0, errno != EEXIST else { return }
        throw StorageError(.unavailable, "The folder \(folder) cannot be made: \(reason()).")
    }

    /// Makes an empty file that its owner alone may read. SQLite gives `-wal` and `-shm` the same mode.
    static func make(_ path: String) throws(StorageError) {
        let file = Self.file(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StorageError(.unavailable, "The database \(path) cannot be opened for writing: \(reason()).") }
        close(file)
    }

    static func open(_ path: String, readers: Int) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "whimbrel"
        configuration.busyMode = .timeout(5)  // another process on the same file
        configuration.maximumReaderCount = readers
        configuration.prepareDatabase { db in
            // 16 MiB for the writer, 4 MiB for each reader; negative numbers are KiB.
            try db.execute(
                sql: """
                    PRAGMA cache_size = \(db.configuration.readonly ? -4096 : -16384);
                    PRAGMA temp_store = MEMORY;
                    PRAGMA secure_delete = OFF;
                    """)
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB sets NORMAL when it turns WAL on, which loses the last commits in a power cut.
        try pool.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA wal_autocheckpoint = 4000;
                    PRAGMA journal_size_limit = 67108864;
                    """)
        }
        return pool
    }

    private static func file(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
        #if canImport(Glibc)
        Glibc.open(path, flags, mode)
        #else
        Darwin.open(path, flags, mode)
        #endif
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
