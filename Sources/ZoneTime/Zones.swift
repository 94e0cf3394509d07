package import Core
import Synchronization

/// The zones of the system, by name. Their rules change with the system's `tzdata` while the program runs: a zone's file is
/// looked at again when it was last looked at a minute ago. A zone that has been read is kept when its file is gone or damaged.
package final class Zones: Sendable {
    /// Where systems keep the rules; the first that has a file for a name counts.
    package static let systemFolders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"]

    private struct Entry {
        /// Nil when there is no such zone.
        var zone: Zone?
        var file: ZoneFile.Stamp?
        var lookedAt: Timestamp
    }

    private let folders: [String]
    private let clock: WallClock
    private let entries = Mutex<[String: Entry]>([:])
    /// There are 600 names; people's properties may hold any number of wrong ones.
    private let limit = 2000

    package init(folders: [String] = Zones.systemFolders, clock: WallClock = .system) {
        (self.folders, self.clock) = (folders, clock)
    }

    /// The zone of a name of the tz database, `Europe/Paris` or an alias such as `Europe/Kiev`, or of an offset as
    /// `Zone(fixedOffset:)` reads it. Nil for anything else. Capitals matter.
    package func zone(named name: String) -> Zone? {
        guard (1...64).contains(name.utf8.count) else { return nil }
        let now = clock.now()
        let known = entries.withLock { $0[name] }
        if let known, known.lookedAt <= now, now < known.lookedAt + .seconds(60) { return known.zone }
        let entry = look(name, known: known, now: now)
        keep(entry, name)
        return entry.zone
    }

    private func look(_ name: String, known: Entry?, now: Timestamp) -> Entry {
        if let zone = Zone(fixedOffset: name) { return Entry(zone: zone, lookedAt: now) }
        guard Self.isName(name) else { return Entry(lookedAt: now) }
        for folder in folders {
            let path = "\(folder)/\(name)"
            guard let stamp = ZoneFile.stamp(path) else { continue }
            if let known, known.file == stamp { return Entry(zone: known.zone, file: stamp, lookedAt: now) }
            let zone = ZoneFile.bytes(path).flatMap { Zone(identifier: name, file: $0) }
            return Entry(zone: zone ?? known?.zone, file: stamp, lookedAt: now)
        }
        return Entry(zone: known?.zone, file: known?.file, lookedAt: now)
    }

    private func keep(_ entry: Entry, _ name: String) {
        entries.withLock { entries in
            if entries.count >= limit, entries[name] == nil { entries = entries.filter { $0.value.zone != nil } }
            if entries.count >= limit, entries[name] == nil { entries = [:] }
            entries[name] = entry
        }
    }

    /// Whether it can be a name of the tz database, and so no other file: letters, digits, `_`, `+`, `-` and `/`, a capital
    /// first. That leaves out `right/…`, which counts leap seconds, and `localtime`, which is the machine's own.
    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, (65...90).contains(first) else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) || "_+-".utf8.contains($0) }
        }
    }
}
