import Core
import Profiles
import Storage

/// What became of a file of people (`clevertap.md` 5.5).
package struct ListReport: Hashable, Sendable {
    /// A row that names nobody, with what is wrong with it.
    package struct Example: Hashable, Sendable {
        /// As a spreadsheet counts, the header being 1.
        package var row: Int
        package var text: String

        package init(row: Int, text: String) { (self.row, self.text) = (row, text) }
    }

    /// Rows after the header.
    package internal(set) var rows = 0
    /// People on the list.
    package internal(set) var taken = 0
    /// Rows that name somebody who is on the list already.
    package internal(set) var repeated = 0
    /// Rows whose person is not known.
    package internal(set) var unknown = 0
    /// Rows that cannot be read.
    package internal(set) var bad = 0
    package internal(set) var unknownExamples: [Example] = []
    package internal(set) var badExamples: [Example] = []

    package static let exampleLimit = 20

    fileprivate mutating func addUnknown(_ row: Int, _ text: String) {
        unknown += 1
        if unknownExamples.count < Self.exampleLimit { unknownExamples.append(Example(row: row, text: text)) }
    }

    fileprivate mutating func addBad(_ row: Int, _ text: String) {
        bad += 1
        if badExamples.count < Self.exampleLimit { badExamples.append(Example(row: row, text: text)) }
    }
}

/// Reads a file of people as its bytes come: a header `Type,Identity`, and rows with `g` for an objectId or `i` for an identity.
/// Only people who are known are taken. What is in memory does not grow with the file, but for one bit a person.
struct PeopleListReader: Sendable {
    /// Whose each of these keys is.
    typealias Find = @Sendable ([ProfileStore.Key]) async throws -> [ProfileID?]

    /// Bytes of a file, at most: 50 MB.
    static let byteLimit = 50_000_000
    /// Rows that are looked up at once.
    static let batch = 2000

    private(set) var report = ListReport()
    private(set) var people = PeopleSet()
    private var reader = CSVReader()
    private var columns: (type: Int, identity: Int)?
    private var size = 0
    private var waiting: [(row: Int, key: ProfileStore.Key)] = []

    mutating func read(
        _ bytes: some Collection<UInt8>, find: Find
    ) async throws {
        size += bytes.count
        guard size <= Self.byteLimit else {
            throw InputError(code: "too_large", "A list has at most \(Self.byteLimit / 1_000_000) MB. Split the file into several lists.")
        }
        for row in try reader.rows(of: bytes) {
            try take(row)
            if waiting.count >= Self.batch { try await resolve(find) }
        }
    }

    /// - Throws: `InputError` `invalid_csv`, and `empty_list` when nobody of the file is known.
    mutating func end(find: Find) async throws {
        if let row = try reader.end() { try take(row) }
        try await resolve(find)
        guard columns != nil else { throw Self.header }
        guard report.taken > 0 else {
            let examples = (report.badExamples + report.unknownExamples).prefix(3).map { "row \($0.row): \($0.text)" }
            throw InputError(
                code: "empty_list",
                "None of the \(report.rows) rows names a person who is known: \(report.unknown) are unknown, \(report.bad) cannot be read."
                    + (examples.isEmpty ? "" : " " + examples.joined(separator: "; ") + "."))
        }
    }

    private static let header = InputError(
        code: "invalid_csv", "The first row must name the columns Type and Identity, with a comma, a semicolon or a tab between them.")

    private mutating func take(_ row: CSVReader.Row) throws(InputError) {
        guard let columns else {
            self.columns = try Self.columns(row)
            return
        }
        report.rows += 1
        if let problem = row.problem { return report.addBad(row.number, problem.rawValue) }
        guard columns.type < row.fields.count, columns.identity < row.fields.count else {
            return report.addBad(row.number, "a column is missing")
        }
        let (type, identity) = (row.fields[columns.type].trimmed, row.fields[columns.identity].trimmed)
        guard !identity.isEmpty else { return report.addBad(row.number, "the identity is missing") }
        switch type.lowercased() {
        case "g": waiting.append((row.number, .objectID(identity)))
        case "i": waiting.append((row.number, .identity(identity)))
        default: report.addBad(row.number, "the type is “\(type.prefix(40))”, and must be g or i")
        }
    }

    private static func columns(_ row: CSVReader.Row) throws(InputError) -> (Int, Int) {
        let names = row.fields.map { $0.trimmed.lowercased() }
        guard row.problem == nil, let type = names.firstIndex(of: "type"), let identity = names.firstIndex(of: "identity") else {
            throw header
        }
        return (type, identity)
    }

    private mutating func resolve(_ find: Find) async throws {
        guard !waiting.isEmpty else { return }
        let owners = try await find(waiting.map(\.key))
        for ((row, key), owner) in zip(waiting, owners) {
            guard let person = owner else {
                report.addUnknown(row, key.text)
                continue
            }
            if people.contains(person) { report.repeated += 1 } else { report.taken += 1 }
            people.insert(person)
        }
        waiting = []
    }
}

extension ProfileStore.Key {
    fileprivate var text: String {
        switch self {
        case .identity(let value), .objectID(let value), .email(let value): String(value.prefix(120))
        }
    }
}

extension String {
    fileprivate var trimmed: String { SegmentName(self).text }
}
