import Core
import Foundation
import Testing
import ZoneTime

/// Rules of tz database 2025b as `zic -b slim` makes them, so that no test depends on what the system has. `Rules/offsets.txt` is what
/// Python's `zoneinfo` reads from the same files: for each zone the seconds from 1970 to 2045 at which its offset changes, and the
/// offset from then on. `Rules/make` makes both.
enum RuleFiles {
    static let bytes: [String: [UInt8]] = lines("files.txt").mapValues { Array(Data(base64Encoded: $0) ?? Data()) }

    static let changes: [String: [(second: Int64, offset: Int)]] = lines("offsets.txt").mapValues { line in
        line.split(separator: " ").map { item in
            let parts = item.split(separator: ":").compactMap { Int64($0) }
            return (parts[0], Int(parts[1]))
        }
    }

    static let names = changes.keys.sorted()

    static func zone(_ name: String) throws -> Zone { try #require(Zone(identifier: name, file: bytes[name] ?? [])) }

    private static func lines(_ name: String) -> [String: String] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Rules/\(name)")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let pairs = text.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
        return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0[1])) })
    }
}

extension Timestamp {
    /// A moment of ISO 8601 that the test's author has written.
    init(_ text: String) throws { self = try #require(Timestamp(iso8601: text)) }
}

extension LocalDateTime {
    init(written text: String) throws { self = try #require(LocalDateTime(text)) }
}
