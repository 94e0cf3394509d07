import Foundation

/// A run of the program under measurement, named by `WHIMBREL_PROGRAM`.
final class Program {
    private let process = Process()
    let address: String

    /// Starts it and reads on until it says that it is ready.
    init(_ arguments: [String], variables: [String: String] = [:]) throws {
        guard let path = ProcessInfo.processInfo.environment["WHIMBREL_PROGRAM"] else {
            throw BenchFailure("WHIMBREL_PROGRAM must name the release build; `make bench` sets it")
        }
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin"].merging(variables) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        address = try Self.readAddress(output.fileHandleForReading)
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// Memory in use now, in MB (VmRSS).
    func residentMegabytes() -> Double {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") }
        return (line?.split(separator: " ").compactMap { Double($0) }.first ?? 0) / 1024
    }

    private static func readAddress(_ handle: FileHandle) throws -> String {
        var text = ""
        while true {
            let data = handle.availableData
            guard !data.isEmpty else { throw BenchFailure("the program ended: \(text)") }
            text += String(decoding: data, as: UTF8.self)
            if let line = text.split(separator: "\n").first(where: { $0.contains(" is ready at ") && text.hasSuffix("\n") }) {
                return String(line.split(separator: " ").last ?? "")
            }
        }
    }
}
