import Foundation

/// Measures a release build of the program from outside, and beside each figure the limit that the same machine gives in the
/// same run: figures drift with the machine, their ratio does not.
///
///     bench [--people N] [--records N] [--planned N] [--seconds N] [campaign] [upload] [live] [planning]
@main
struct Bench {
    static func main() async throws {
        let options = try Options(CommandLine.arguments.dropFirst())
        print("\(ProcessInfo.processInfo.activeProcessorCount) cores, load \(loadAverage())")
        if options.subjects.contains("upload") { try await UploadBench(records: options.records).run() }
        if options.subjects.contains("campaign") { try await CampaignBench(people: options.people).run() }
        if options.subjects.contains("live") { try await LiveBench(seconds: options.seconds).run() }
        if options.subjects.contains("planning") { try await PlanningBench(people: options.planned).run() }
        print("load \(loadAverage())")
    }

    private static func loadAverage() -> String {
        let text = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)
        return text?.split(separator: " ").prefix(3).joined(separator: " ") ?? "unknown"
    }
}

struct Options {
    var people = 100_000
    var records = 200_000
    /// People whom the planning is measured with.
    var planned = 1_000_000
    /// How long events come in for the live campaign; each second twenty of them set it off.
    var seconds = 60
    var subjects: [String] = []

    init(_ arguments: some Sequence<String>) throws {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--people": people = try Self.number(rest.popFirst())
            case "--records": records = try Self.number(rest.popFirst())
            case "--planned": planned = try Self.number(rest.popFirst())
            case "--seconds": seconds = try Self.number(rest.popFirst(), atLeast: 1)
            case "campaign", "upload", "live", "planning": subjects.append(argument)
            default:
                throw BenchFailure(
                    "usage: bench [--people N] [--records N] [--planned N] [--seconds N] [campaign] [upload] [live] [planning]")
            }
        }
        if subjects.isEmpty { subjects = ["upload", "campaign", "live", "planning"] }
    }

    private static func number(_ text: String?, atLeast least: Int = 1000) throws -> Int {
        guard let text, let number = Int(text), number >= least else { throw BenchFailure("a number of at least \(least) is needed") }
        return number
    }
}

struct BenchFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A rate as people read it.
func perSecond(_ count: Int, in duration: Duration) -> Double { Double(count) / (duration / .seconds(1)) }

func line(_ name: String, _ figure: String) { print(name.padding(toLength: 64, withPad: " ", startingAt: 0) + figure) }

extension Double {
    var whole: String { String(Int(rounded())) }
    var hundredths: String { String((self * 100).rounded() / 100) }
}
