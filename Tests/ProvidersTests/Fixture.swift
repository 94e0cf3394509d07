import Core
import CoreTesting
import Foundation
import WhatsApp

/// Payloads in the vendor's shape, as files beside the tests.
enum Fixture {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vonage")

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name + ".json")))
    }

    static func json(_ name: String) throws -> JSONValue { try JSONValue(parsing: bytes(name)) }

    /// Every payload, by name.
    static func all() throws -> [(name: String, bytes: [UInt8])] {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.map { $0.deletingPathExtension().lastPathComponent }.sorted().map { ($0, try bytes($0)) }
    }
}

extension Line {
    static let vonage = Line(number: .office, baseURL: "https://api.example.test", credentials: .vonage)
}

extension Credentials {
    static let vonage = Credentials(["api_key": "a1b2c3d4", "api_secret": "s3cret", "signature_secret": VonageToken.secret])
}

extension PhoneNumber {
    static let office = known("37052000000")
    static let ona = known("37060000001")

    private static func known(_ digits: String) -> PhoneNumber {
        guard let number = PhoneNumber(digits: digits) else { preconditionFailure("\(digits) is no number") }
        return number
    }
}

extension SeededGenerator {
    /// `bytes` with one to three small accidents: a byte changed, dropped, doubled or put in, a piece cut off or repeated.
    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...3, using: &self) where !result.isEmpty {
            let at = Int.random(in: 0..<result.count, using: &self)
            switch Int.random(in: 0..<7, using: &self) {
            case 0: result[at] = UInt8.random(in: 0...255, using: &self)
            case 1: result[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 2: result.remove(at: at)
            case 3: result.insert(result[at], at: at)
            case 4: result.insert(UInt8(ascii: Self.signs.randomElement(using: &self) ?? "0"), at: at)
            case 5: result.removeSubrange(at...)
            default: result += result[at...].prefix(64)
            }
        }
        return result
    }

    private static let signs: [Unicode.Scalar] = ["{", "}", "[", "]", "\"", ",", ":", "\\", "0", "9", "-", "e", " ", "."]
}
