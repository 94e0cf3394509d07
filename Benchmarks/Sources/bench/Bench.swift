import Foundation

/// Measures a release build of the program from outside, and beside each figure the limit that the same machine gives in the
/// same run: figures drift with the machine, their ratio does not.
///
///     bench [--people N] [--records N] [campaign] [upload]
@main
struct Bench {
    static func main() async throws {
        let options = try Options(CommandLine.arguments.dropFirst())
        print("\(ProcessInfo.processInfo.activeProcessorCount) cores, load \(loadAverage())")
        if options.subjects.contains("upload") { try await UploadBench(records: options.records).run() }
        if options.subjects.contains("campaign") { try await CampaignBench(people: options.people).run() }
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
    var subjects: [String] = []

    init(_ arguments: some Sequence<String>) throws {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--people": people = try Self.number(rest.popFirst())
            case "--records": records = try Self.number(rest.popFirst())
            case "campaign", "upload": subjects.append(argument)
            default: throw BenchFailure("usage: bench [--people N] [--records N] [campaign] [upload]")
            }
        }
        if subjects.isEmpty { subjects = ["upload", "campaign"] }
    }

    private static func number(_ text: String?) throws -> Int {
        guard let text, let number = Int(text), number >= 1000 else { throw BenchFailure("a number of at least 1000 is needed") }
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
