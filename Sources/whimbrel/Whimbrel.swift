import ArgumentParser
import Foundation
import Server

@main
struct Whimbrel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A self-hosted WhatsApp engagement platform.",
        discussion: "Every flag is also an environment variable: --listen is WHIMBREL_LISTEN.",
        subcommands: [Serve.self, Demo.self, SandboxCommand.self, Migrate.self, Recount.self])
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Runs the server.")
    @OptionGroup var flags: ServerFlags

    func run() async throws { try await explained { try await Commands.serve(flags.variables) } }
}

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the server beside a pretend WhatsApp, with demo people and a campaign.")
    @OptionGroup var flags: ServerFlags
    @Option(help: "Address and port of the pretend WhatsApp (127.0.0.1:8090).") var sandboxListen: String?

    func run() async throws {
        let variables = flags.variables.merging(["WHIMBREL_SANDBOX_LISTEN": sandboxListen].compactMapValues { $0 }) { $1 }
        try await explained { try await Commands.demo(variables) }
    }
}

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Runs the pretend WhatsApp alone: a provider, phones, and faults on demand.")
    @Option(help: "Address and port (127.0.0.1:8090).") var listen: String?

    func run() async throws {
        let flag = ["WHIMBREL_SANDBOX_LISTEN": listen].compactMapValues { $0 }
        let variables = ProcessInfo.processInfo.environment.merging(flag) { $1 }
        try await explained { try await Commands.sandbox(variables) }
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Brings the database to this program's version.")
    @OptionGroup var flags: ServerFlags

    func run() async throws { try await explained { try await Commands.migrate(flags.variables) } }
}

struct Recount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Counts every campaign's numbers again and compares; exit code 1 when they differ.")
    @OptionGroup var flags: ServerFlags

    func run() async throws {
        let agrees = try await explained { try await Commands.recount(flags.variables) }
        if !agrees { throw ExitCode.failure }
    }
}

/// Runs a command; what goes wrong is said in one line.
private func explained<Value>(_ body: () async throws -> Value) async throws -> Value {
    do { return try await body() } catch {
        FileHandle.standardError.write(Data("whimbrel: \(ErrorText.describe(error))\n".utf8))
        throw ExitCode.failure
    }
}
