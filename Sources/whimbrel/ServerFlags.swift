import ArgumentParser
import Foundation

/// The flags of the commands that work on the database. They outrank the environment; secrets have no flag, because other
/// users of a machine can read a command line.
struct ServerFlags: ParsableArguments {
    @Option(help: "Address and port to listen on (127.0.0.1:8080).") var listen: String?
    @Option(help: "Folder for the database and the secret key (data).") var data: String?
    @Option(help: "postgres://… to use PostgreSQL instead of SQLite. Better set as WHIMBREL_DATABASE_URL.") var databaseUrl: String?
    @Option(help: "Connections to PostgreSQL (8).") var databaseConnections: String?
    @Option(help: "How providers reach this server, for callback addresses.") var publicUrl: String?
    @Option(help: "Proxies of your own before the server, whose X-Forwarded-For is believed (0).") var proxies: String?
    @Option(help: "Public id of the first account.") var accountId: String?
    @Option(help: "E-mail address of the first administrator.") var adminEmail: String?
    @Option(help: "Uploads of one account at once (15).") var uploadConcurrency: String?
    @Option(help: "Other calls of one account at once (3).") var callConcurrency: String?
    @Option(help: "Requests under way at once on one channel (64).") var inFlight: String?
    @Option(help: "Seconds that a provider may take to answer (20).") var requestTimeout: String?
    @Option(help: "allow or deny channels whose address is on this machine or a private network (allow only while it is a trial).")
    var privateProviders: String?
    @Option(help: "For trials: so many times as fast does time pass, 1 to 3600 (1). Only on a loopback address, without a public URL.")
    var clockRate: String?
    @Option(help: "trace, debug, info, notice, warning, error or critical (notice).") var logLevel: String?

    /// The environment with the flags laid over it.
    var variables: [String: String] {
        let flags = [
            "LISTEN": listen, "DATA": data, "DATABASE_URL": databaseUrl, "DATABASE_CONNECTIONS": databaseConnections,
            "PUBLIC_URL": publicUrl, "PROXIES": proxies, "ACCOUNT_ID": accountId, "ADMIN_EMAIL": adminEmail,
            "UPLOAD_CONCURRENCY": uploadConcurrency, "CALL_CONCURRENCY": callConcurrency, "IN_FLIGHT": inFlight,
            "REQUEST_TIMEOUT": requestTimeout, "PRIVATE_PROVIDERS": privateProviders, "CLOCK_RATE": clockRate, "LOG_LEVEL": logLevel,
        ].compactMapValues { $0 }
        let named = Dictionary(uniqueKeysWithValues: flags.map { ("WHIMBREL_\($0.key)", $0.value) })
        return ProcessInfo.processInfo.environment.merging(named) { $1 }
    }
}
