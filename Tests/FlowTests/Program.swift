import Foundation
import Synchronization

/// One run of the `whimbrel` program that the tests were built with. Started with `posix_spawn` itself: Foundation's
/// `Process` walks over this process's open files while other tests open and close theirs.
final class Program: Sendable {
    private let pid: pid_t
    private let said = Said()
    /// One at a time: a program that starts between another's pipe and its mark "close on exec" would hold its end open.
    private static let starting = Mutex(())

    /// Starts it.
    /// - Parameter variables: laid over a bare environment, so that nothing from outside leaks in.
    init(_ arguments: [String], variables: [String: String] = [:]) throws {
        let path = try Self.path()
        let environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"].merging(variables) { $1 }
        let (started, reading) = try Self.starting.withLock { _ in
            try spawn([path] + arguments, environment.map { "\($0)=\($1)" })
        }
        pid = started
        let (pid, said) = (pid, said)
        Thread.detachNewThread {
            while case let data = reading.availableData, !data.isEmpty { said.add(data) }
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            // What WEXITSTATUS and WTERMSIG do; a signal counts as 128 and its number, as in a shell.
            said.end(with: status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F)
        }
    }

    deinit { if said.exitCode == nil { kill(pid, SIGKILL) } }

    /// All it said, on both outputs.
    var output: [String] { said.lines }

    /// The address in the line that says it is ready.
    func address() async throws -> String {
        try await eventually("the program is ready", limit: .seconds(60)) {
            if self.said.exitCode != nil { throw FlowFailure("it ended: \(self.output)") }
            return self.output.first { $0.contains(" is ready at http") }?.split(separator: " ").last.map(String.init)
        }
    }

    /// As when the machine loses its power, but for the disk's own cache.
    func killAtOnce() async throws {
        kill(pid, SIGKILL)
        _ = try await exitCode()
    }

    /// SIGTERM.
    /// - Returns: the exit code.
    func stop() async throws -> Int32 {
        kill(pid, SIGTERM)
        return try await exitCode()
    }

    func exitCode() async throws -> Int32 {
        try await eventually("the program ends", limit: .seconds(60)) { self.said.exitCode }
    }

    /// Beside the test runner, in the same build folder.
    private static func path() throws -> String {
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let url = folder.appendingPathComponent("whimbrel")
        guard FileManager.default.isExecutableFile(atPath: url.path) else {
            throw FlowFailure("\(url.lastPathComponent) is not built; run swift build first")
        }
        return url.path
    }
}

/// Starts a program.
/// - Returns: its id, and where both its outputs can be read.
private func spawn(_ arguments: [String], _ environment: [String]) throws -> (pid_t, FileHandle) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw FlowFailure("no pipe could be made") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    let output = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    var (pid, actions) = (pid_t(), posix_spawn_file_actions_t())
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for target in [STDOUT_FILENO, STDERR_FILENO] { posix_spawn_file_actions_adddup2(&actions, ends[1], target) }
    var (words, variables) = (arguments.map { strdup($0) } + [nil], environment.map { strdup($0) } + [nil])
    defer { (words + variables).forEach { free($0) } }
    guard posix_spawn(&pid, arguments[0], &actions, nil, &words, &variables) == 0 else {
        throw FlowFailure("\(arguments[0]) cannot be started")
    }
    return (pid, output)
}

/// What a program writes, piece by piece, and how it ended.
private final class Said: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let code = Mutex<Int32?>(nil)

    func add(_ data: Data) { bytes.withLock { $0 += data } }
    func end(with code: Int32) { self.code.withLock { $0 = code } }

    var exitCode: Int32? { code.withLock { $0 } }
    var lines: [String] { String(decoding: bytes.withLock { $0 }, as: UTF8.self).split(separator: "\n").map(String.init) }
}

struct FlowFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Looks again and again until there is an answer. The only waiting of these tests: real processes have no injected clock.
func eventually<Value>(
    _ what: String, limit: Duration = .seconds(120), _ look: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if let value = try await look() { return value }
        try await Task.sleep(for: .milliseconds(50))
    }
    throw FlowFailure("It took too long until \(what).")
}
