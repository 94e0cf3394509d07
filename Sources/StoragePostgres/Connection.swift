#if Postgres
import CPostgres
import Storage

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One connection of libpq. Not Sendable: it stays on the thread that made it.
final class Connection {
    let handle: OpaquePointer
    private var isDamaged = false
    /// The names of prepared statements, by their text.
    private var prepared: [String: String] = [:]

    /// Throws when libpq cannot read `url`. The message does not repeat it, since it may hold a password.
    static func check(url: String) throws(StorageError) {
        let isURL = ["postgres://", "postgresql://"].contains { url.hasPrefix($0) }
        let options = isURL ? PQconninfoParse(url, nil) : nil
        guard let options else {
            throw StorageError(.failed, "The database address must be a URL such as postgres://user:password@host:5432/database.")
        }
        PQconninfoFree(options)
    }

    /// Connects; takes five seconds at most unless `url` says otherwise.
    init(url: String) throws(StorageError) {
        guard let handle = Self.connect(url) else { throw StorageError(.unavailable, "There is no memory for a connection.") }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            let reason = PostgresFailure(connection: handle).message
            throw StorageError(.unavailable, "The database server cannot be reached: \(reason)")
        }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        do throws(PostgresFailure) { try execute(Self.setUp) } catch { throw error.storageError(in: nil) }
        let encoding = PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? "unknown"
        guard encoding == "UTF8" else {
            throw StorageError(.failed, "The database must be made with encoding UTF8, it has \(encoding).")
        }
    }

    deinit { PQfinish(handle) }

    /// False when the connection broke; it must be given up then.
    var isUsable: Bool { !isDamaged && PQstatus(handle) == CONNECTION_OK }

    /// To be called when the conversation with the server is no longer understood.
    func giveUp() { isDamaged = true }

    /// Runs statements without values.
    func execute(_ text: String) throws(PostgresFailure) {
        _ = try Answer(PQexec(handle, text), on: handle)
    }

    /// Runs a prepared statement once.
    func run(_ query: Query, _ values: [SQLValue]) throws(PostgresFailure) -> Answer {
        let name = try prepare(query)
        let result = Parameters(values).withPointers { count, values, lengths, formats in
            PQexecPrepared(handle, name, count, values, lengths, formats, 0)
        }
        return try Answer(result, on: handle)
    }

    /// The name under which this connection knows the query's text.
    func prepare(_ query: Query) throws(PostgresFailure) -> String {
        let text = query.statement(for: .postgres).text
        if let name = prepared[text] { return name }
        // The number tells apart what the server would cut to the same 63 characters.
        let name = "s\(prepared.count)_\(query.name)"
        _ = try Answer(PQprepare(handle, name, text, 0, nil), on: handle)
        prepared[text] = name
        return name
    }

    /// Settings before the URL can be overridden by it. The time limits keep a server that vanished from holding callers.
    private static func connect(_ url: String) -> OpaquePointer? {
        let settings = [
            ("application_name", "whimbrel"), ("connect_timeout", "5"), ("keepalives_idle", "30"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "20000"), ("dbname", url), ("client_encoding", "UTF8"),
        ]
        let keywords = settings.map { strdup($0.0) } + [nil]
        let values = settings.map { strdup($0.1) } + [nil]
        defer { (keywords + values).forEach { free($0) } }
        return PQconnectdbParams(keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
    }

    /// What we promise is on disk must be on disk, whatever the server's default is; `on` may be stricter there.
    private static let setUp = """
        SET bytea_output = 'hex'; SET standard_conforming_strings = on; SET extra_float_digits = 1;
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
        """
}
#endif
