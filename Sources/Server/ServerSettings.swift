import Configuration
package import Core
package import Delivery
package import Logging

/// Everything that can be set from outside, read once at the start.
///
/// Configuration keys, each also a variable `WHIMBREL_…` and most a flag of `whimbrel serve`:
/// - `listen` (host:port, default 127.0.0.1:8080; port 0 takes a free one)
/// - `data` (folder, default `data`): the database unless `database-url` is given, and the secret key
/// - `database-url` (postgres://…): use PostgreSQL instead of SQLite
/// - `database-connections` (1...64, default 8): connections to PostgreSQL
/// - `secret-key` (64 hexadecimal digits, secret): instead of the file `secret.key` in the data folder
/// - `public-url` (http or https): how providers reach this server, for callback addresses; default from `listen`
/// - `proxies` (0...10, default 0): proxies of the operator's own before the server; so many entries of `X-Forwarded-For`,
///   counted from the last, are believed
/// - `account-id`, `passcode`, `admin-email`, `admin-password` (secrets): the first account, on an empty database
/// - `upload-concurrency` (1...1024, default 15), `call-concurrency` (1...1024, default 3): calls of one account at once
/// - `in-flight` (1...1024, default 64): requests under way at once on one channel
/// - `request-timeout` (1...120 seconds, default 20): how long a provider may take to answer
/// - `private-providers` (`allow` or `deny`): whether a channel's address may be on this machine or a private network, as
///   the sandbox is. Without it they may as long as the server itself is only for this machine: it listens on a loopback
///   address and has no `public-url`, so that no real provider could call it back
/// - `clock-rate` (1...3600, default 1), for trials: so many times as fast does time pass, as long as the server is only for this
///   machine
/// - `clock-since` (ISO 8601, default the start of the process): since when; servers and sandboxes that are told the same
///   moment agree on the time, also after a restart
/// - `log-level` (trace … critical, default notice)
package struct ServerSettings: Sendable {
    package var listen: ListenAddress
    package var dataFolder: String
    package var databaseURL: String?
    package var databaseConnections: Int
    package var secretKey: String?
    package var publicURL: String?
    package var proxies: Int
    package var accountID: String?
    package var passcode: String?
    package var adminEmail: String?
    package var adminPassword: String?
    package var uploadConcurrency: Int
    package var callConcurrency: Int
    package var delivery: DeliverySettings
    package var allowsPrivateProviders: Bool
    package var clock: WallClock
    package var logLevel: Logger.Level

    /// - Parameter variables: the environment, with flags laid over it under the same names.
    /// - Throws: `SettingsError` that names the key and the rule.
    package init(variables: [String: String]) throws {
        let reader = SettingsReader(variables: variables)
        listen = try reader.listen("listen", default: "127.0.0.1:8080")
        dataFolder = reader.text("data") ?? "data"
        databaseURL = reader.secret("database-url")
        databaseConnections = try reader.int("database-connections", in: 1...64, default: 8)
        secretKey = reader.secret("secret-key")
        publicURL = try reader.url("public-url")
        proxies = try reader.int("proxies", in: 0...10, default: 0)
        accountID = reader.text("account-id")
        passcode = reader.secret("passcode")
        adminEmail = reader.text("admin-email")
        adminPassword = reader.secret("admin-password")
        uploadConcurrency = try reader.int("upload-concurrency", in: 1...1024, default: 15)
        callConcurrency = try reader.int("call-concurrency", in: 1...1024, default: 3)
        let timeout = try reader.int("request-timeout", in: 1...120, default: 20)
        let isForThisMachine = publicURL == nil && listen.isLoopback
        clock = try reader.clock(isTrial: isForThisMachine)
        delivery = DeliverySettings(
            inFlight: try reader.int("in-flight", in: 1...1024, default: 64), requestTimeout: .seconds(timeout),
            // A provider answers in the machine's time.
            lease: .seconds(timeout + max(2, timeout / 2)) * clock.rate)
        allowsPrivateProviders = try reader.choice("private-providers", ["allow": true, "deny": false]) ?? isForThisMachine
        logLevel = try reader.logLevel("log-level", default: .notice)
    }

    /// The address for people and providers when none is set.
    package func publicURL(port: Int) -> String { publicURL ?? "http://\(listen.hostForURL):\(port)" }
}

/// A host and a port to listen on.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    package var host: String
    /// 0 takes a free one.
    package var port: Int

    /// Reads `127.0.0.1:8080`, `[::1]:8080`. Nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port)
        else { return nil }
        let host = text[..<colon].drop { $0 == "[" }.prefix { $0 != "]" }
        guard !host.isEmpty else { return nil }
        (self.host, self.port) = (String(host), port)
    }

    package var description: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// Whether only this machine can reach it.
    var isLoopback: Bool { NetworkAddress(host).map(\.isLoopback) ?? (host == "localhost") }

    /// How a program on this machine reaches it.
    var hostForURL: String { host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host }
}

struct SettingsReader {
    private let reader: ConfigReader

    init(variables: [String: String]) {
        reader = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables)).scoped(to: "whimbrel")
    }

    func text(_ key: String) -> String? { nonEmpty(reader.string(forKey: ConfigKey(key))) }

    /// A value that no report of the configuration may show.
    func secret(_ key: String) -> String? { nonEmpty(reader.string(forKey: ConfigKey(key), isSecret: true)) }

    func int(_ key: String, in range: ClosedRange<Int>, default standard: Int) throws -> Int {
        guard let text = text(key) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw SettingsError("\(name(key)) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    func listen(_ key: String, default standard: String) throws -> ListenAddress {
        guard let address = ListenAddress(text(key) ?? standard) else {
            throw SettingsError("\(name(key)) must be an address and a port, as in 127.0.0.1:8080.")
        }
        return address
    }

    /// The machine's clock, or for a trial a faster one.
    func clock(isTrial: Bool) throws -> WallClock {
        let rate = try int("clock-rate", in: 1...3600, default: 1)
        guard rate > 1 else { return .system }
        guard isTrial else {
            throw SettingsError(
                "WHIMBREL_CLOCK_RATE is for trials: it needs a loopback address to listen on, as 127.0.0.1:8080, and no WHIMBREL_PUBLIC_URL."
            )
        }
        guard let since = text("clock-since") else { return .system.scaled(by: rate, since: WallClock.system.now()) }
        guard let origin = Timestamp(iso8601: since) else {
            throw SettingsError("WHIMBREL_CLOCK_SINCE must be an ISO 8601 time with zone, as in 2026-11-02T10:00:00Z.")
        }
        return .system.scaled(by: rate, since: origin)
    }

    func url(_ key: String) throws -> String? {
        guard let text = text(key) else { return nil }
        guard text.hasPrefix("http://") || text.hasPrefix("https://"), !text.hasSuffix("/") else {
            throw SettingsError("\(name(key)) must begin with http:// or https:// and end without a slash.")
        }
        return text
    }

    func choice<Value>(_ key: String, _ values: [String: Value]) throws -> Value? {
        guard let text = text(key) else { return nil }
        guard let value = values[text] else {
            throw SettingsError("\(name(key)) must be one of \(values.keys.sorted().joined(separator: ", ")).")
        }
        return value
    }

    func logLevel(_ key: String, default standard: Logger.Level) throws -> Logger.Level {
        guard let text = text(key) else { return standard }
        guard let level = Logger.Level(rawValue: text) else {
            throw SettingsError("\(name(key)) must be one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return level
    }

    private func nonEmpty(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    private func name(_ key: String) -> String { "WHIMBREL_" + key.uppercased().split(separator: "-").joined(separator: "_") }
}
