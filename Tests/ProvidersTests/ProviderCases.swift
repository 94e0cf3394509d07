import Core
import Foundation
import Providers
import Testing
import WhatsApp

/// All cases of one provider. `EveryProvider` runs each list through the same tests.
struct ProviderCases: Sendable {
    var provider: any Provider
    var line: Line
    /// The folder beside this file that holds the payloads; also where fuzzing takes its material from.
    var folder: String
    var outgoing: [OutgoingCase]
    var answers: [AnswerCase]
    var incoming: [IncomingCase]
}

/// A message and the request that it becomes, or the code with which it is refused before the wire.
struct OutgoingCase: Sendable, CustomTestStringConvertible {
    enum Expected: Sendable {
        /// JSON equal to the payload file of this name.
        case json(String)
        /// Form fields, decoded; a value that is JSON is compared as JSON.
        case form([String: String])
        case refused(code: String)
    }

    var name: String
    var message: OutboundMessage
    var line: Line?
    /// What the address ends with.
    var path: String
    /// Headers that must be there, in lower case; those not named may be anything.
    var headers: [String: String]
    var expected: Expected
    var testDescription: String { name }

    init(
        _ name: String, _ message: OutboundMessage, over line: Line? = nil, path: String = "", headers: [String: String] = [:],
        _ expected: Expected
    ) {
        (self.name, self.message, self.line, self.path, self.headers, self.expected) = (name, message, line, path, headers, expected)
    }
}

/// An answer of the vendor and what it means.
struct AnswerCase: Sendable, CustomTestStringConvertible {
    enum Expected: Sendable, Equatable {
        /// With this id; nil when the vendor gives none.
        case accepted(String?)
        case refused(SendFailure.Disposition, code: String)
        case unknown
    }

    var name: String
    var status: Int
    var body: [UInt8]
    var expected: Expected
    var testDescription: String { "\(name) \(status)" }

    init(_ name: String, _ status: Int, _ body: String, _ expected: Expected) {
        (self.name, self.status, self.body, self.expected) = (name, status, Array(body.utf8), expected)
    }
}

/// A payload file and what it tells.
struct IncomingCase: Sendable, CustomTestStringConvertible {
    enum Expected: Sendable {
        /// Compared without the payloads of inbound messages, which must be the vendor's own words.
        case events([WebhookEvent])
        case unreadable
    }

    /// The file's name without `.json` or `.txt`.
    var fixture: String
    var kind: WebhookKind
    var expected: Expected
    var testDescription: String { fixture }

    init(_ fixture: String, _ kind: WebhookKind = .status, _ expected: Expected) {
        (self.fixture, self.kind, self.expected) = (fixture, kind, expected)
    }
}

extension ProviderCases {
    private var root: URL { URL(filePath: #filePath).deletingLastPathComponent().appending(path: folder) }

    /// A payload as it stands in its file, without the line break at its end.
    func bytes(_ name: String) throws -> [UInt8] {
        let json = root.appending(path: name + ".json")
        let url = FileManager.default.fileExists(atPath: json.path) ? json : root.appending(path: name + ".txt")
        var bytes = [UInt8](try Data(contentsOf: url))
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return bytes
    }

    /// Every payload, by name.
    func payloads() throws -> [(name: String, bytes: [UInt8])] {
        let files = try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
        return try files.map { $0.deletingPathExtension().lastPathComponent }.sorted().map { ($0, try bytes($0)) }
    }
}
