import Foundation

/// Events through the upload API, beside bare SQLite inserts of the very rows that came of them, in as many commits.
struct UploadBench {
    let records: Int
    private static let connections = 32
    private static let people = 1000

    func run() async throws {
        let world = try await World()
        try await world.upload(people: Self.people)
        try await measure("upload in batches of 100, 32 connections", batch: 100, count: records, world)
        try await measure("upload one record a call, 32 connections", batch: 1, count: records / 10, world)
        line("server's memory", "\(world.server.residentMegabytes().whole) MB")
    }

    private func measure(_ name: String, batch: Int, count: Int, _ world: World) async throws {
        let database = world.folder + "/whimbrel.sqlite"
        let firstRow = try SQLite(database).number("SELECT COALESCE(MAX(id), 0) FROM event") + 1
        let commits = try await world.metric("whimbrel_commits_total")
        let duration = try await timed(count / batch, width: Self.connections) { [api = world.api] call in
            let events = (0..<batch).map { Self.event(call * batch + $0) }
            let answer = try await api.post("/1/upload", Array("{\"d\":[\(events.joined(separator: ","))]}".utf8))
            guard answer.count < 80 else { throw BenchFailure(String(decoding: answer.prefix(300), as: UTF8.self)) }
        }
        let made = Int(try await world.metric("whimbrel_commits_total") - commits)
        let bare = try BareInserts(of: database, from: firstRow).run(commits: max(1, made))
        let rate = perSecond(count, in: duration)
        line(name, "\(rate.whole) records/s in \(made) commits")
        line(
            "  bare SQLite inserts of the same \(bare.rows) rows",
            "\(bare.perSecond.whole) rows/s; ratio \((rate / bare.perSecond).hundredths)")
    }

    private static func event(_ number: Int) -> String {
        """
        {"type":"event","identity":"p\(number % people)","ts":\(1_780_000_000 + number),"evtName":"Charged",\
        "evtData":{"Amount":\(number % 900),"Currency":"EUR","Payment mode":"Card","City":"Vilnius"}}
        """
    }
}
