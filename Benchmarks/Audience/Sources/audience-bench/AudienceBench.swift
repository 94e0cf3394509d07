import Audience
import Core
import Foundation
import Profiles
import Storage
import StorageSQLite
import ZoneTime

/// Measures audiences on a database of its own.
///
///     audience-bench fill FOLDER PEOPLE EVENTS    writes people and events, and the same as CSV
///     audience-bench build FOLDER                 builds the blocks anew
///     audience-bench ask FOLDER RUNS              asks each question once cold, then so many times, and prints milliseconds
///     audience-bench ingest FOLDER BATCHES        stores uploads with and without a builder beside them
///     audience-bench sets                         joins two sets of about a million people
@main
struct AudienceBench {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("fill", 4):
            let shop = PretendShop(people: Int(arguments[2]) ?? 0, events: Int(arguments[3]) ?? 0)
            try await Filling(folder: arguments[1], shop: shop).run()
        case ("build", 2): try await Building(folder: arguments[1]).run()
        case ("ingest", 3): try await IngestBench(folder: arguments[1], batches: Int(arguments[2]) ?? 1).run()
        case ("sets", 1): SetBench.run()
        case ("ask", 3): try await Asking(folder: arguments[1], runs: Int(arguments[2]) ?? 1).run()
        default:
            throw BenchFailure(
                "usage: audience-bench fill FOLDER PEOPLE EVENTS | build FOLDER | ask FOLDER RUNS | ingest FOLDER BATCHES | sets")
        }
    }
}

struct BenchFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The product's parts over the database of a folder.
struct Parts {
    let engine: SQLiteEngine
    let stores: AudienceStores
    let builder: BlockBuilder
    let stored = Signal()

    init(_ folder: String) throws {
        let engine = try SQLiteEngine(folder: folder)
        let ids = IDMaker(clock: .system)
        self.engine = engine
        stores = AudienceStores(
            profiles: ProfileStore(engine: engine, clock: .system, ids: ids), events: EventStore(clock: .system),
            consents: ConsentStore(clock: .system, ids: ids))
        builder = BlockBuilder(engine: engine, stores: stores, wake: stored)
    }
}

/// Builds all blocks and says how long it took and how large they are.
struct Building {
    let folder: String

    func run() async throws {
        let parts = try Parts(folder)
        let time = try await ContinuousClock().measure { try await parts.builder.rebuild() }
        print("built from the rows in \(time.seconds) s")
        for (name, sql) in [
            ("events", "SELECT COUNT(*), SUM(byte_count), SUM(row_count) FROM event_block"),
            ("people", "SELECT COUNT(*), SUM(byte_count), SUM(row_count) FROM profile_block"),
        ] {
            let row = try await parts.engine.read { try $0.rows(Query("bench.size", sql))[0] }
            let (blocks, bytes, rows) = (try row.integer(0), try row.real(1), try row.real(2))
            print("\(name): \(blocks) blocks, \(Int(bytes)) bytes, \(bytes / rows) for each of \(Int(rows))")
        }
        await parts.engine.close()
    }
}

/// Asks the three questions, and a fourth with a filter.
struct Asking {
    let folder: String
    let runs: Int

    static let questions: [(name: String, rule: AudienceRule)] = [
        ("twice", .event(EventRule(event: "Added To Cart", window: .last(30, .days), test: .compare(.greaterThanEquals, 2)))),
        (
            "not",
            .all([
                .event(EventRule(event: "Added To Cart", window: .last(30, .days))),
                .not(.event(EventRule(event: "Charged", window: .last(30, .days)))),
                .property(PropertyFilter(name: "City", test: .equals(["Pune", "Chennai", "Jaipur"]))), .reach(.optedIn),
            ])
        ),
        ("sum", .event(EventRule(event: "Charged", window: .last(90, .days), measure: .sum("Amount"), test: .compare(.greaterThan, 1000)))),
        (
            "sum, filtered",
            .event(
                EventRule(
                    event: "Charged", window: .last(90, .days),
                    filters: [PropertyFilter(name: "Amount", test: .compare(.greaterThan, .number(100)))], measure: .sum("Amount"),
                    test: .compare(.greaterThan, 1000)))
        ),
    ]

    func run() async throws {
        let moment = RuleMoment(now: Timestamp(seconds: PretendShop.now), zone: .utc)
        for question in Self.questions {
            let (parts, cache) = (try Parts(folder), BlockCache())
            let audiences = Audiences(engine: parts.engine, stores: parts.stores, builder: parts.builder, cache: cache)
            var (times, count) = ([Double](), 0)
            for _ in 0...runs {
                let time = try await ContinuousClock().measure {
                    count = try await audiences.people(question.rule, of: AccountID(rawValue: 1), at: moment).count
                }
                times.append(time.seconds * 1000)
            }
            print("\(question.name)|\(count)|\(times[0])|\(times.dropFirst().min() ?? 0)|\(cache.bytes)")
            await parts.engine.close()
        }
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}
