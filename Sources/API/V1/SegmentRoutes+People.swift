import Accounts
import Audience
import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Profiles
import WebSupport

extension SegmentRoutes {
    private static let fieldLimit = 50

    /// Who is in a segment now: `?limit=N&after=ID`, in the order of the ids, 50 unless told, 500 at the most; `format=csv` gives
    /// everybody as a file. `fields` names the properties, with commas between.
    @Sendable func people(_ request: Request, context: KeyContext) async throws -> Response {
        let (segment, fields) = (try await segment(context), try Self.fields(request))
        let format = try request.queryValue("format") ?? "json"
        guard format == "json" || format == "csv" else {
            throw InputError(code: "invalid_format", field: "format", "format is json or csv.")
        }
        let (limit, after) = (try V1.number(request, "limit", in: 1...500, default: 50), try Self.after(request))
        let people = try await finder.people(.segment(segment.id), of: segment.accountID)
        guard format == "json" else { return download(people, fields, of: segment) }
        let page = people.page(after: after, upTo: limit)
        let profiles = try await finder.profiles(page, of: segment.accountID)
        let next = page.count == limit ? page.last : nil
        return .json([
            "people": .array(profiles.map { $0.json(fields) }), "count": .int(Int64(people.count)),
            "next": next.map { .int($0.rawValue) } ?? .null,
        ])
    }

    private static func after(_ request: Request) throws(InputError) -> ProfileID? { try request.queryCursor("after") }

    private static func fields(_ request: Request) throws(InputError) -> [String] {
        guard let text = try request.queryValue("fields") else {
            return [
                ProfileField.objectID, ProfileField.identity, ProfileField.name, ProfileField.email, ProfileField.phone,
                ConsentKind.whatsApp.rawValue,
            ]
        }
        let names = text.split(separator: ",").map(String.init)
        guard (1...fieldLimit).contains(names.count), Set(names).count == names.count else {
            throw InputError(code: "invalid_fields", field: "fields", "fields names 1 to \(fieldLimit) properties, each once.")
        }
        return names
    }

    /// As it is read, a page of people at a time.
    private func download(_ people: PeopleSet, _ fields: [String], of segment: Segment) -> Response {
        let (finder, account) = (finder, segment.accountID)
        let body = ResponseBody { writer in
            var (open, last) = (writer, ProfileID?.none)
            try await open.write(ByteBuffer(string: CSVText.row(fields)))
            while true {
                let page = people.page(after: last, upTo: 1000)
                guard let end = page.last else { break }
                last = end
                let rows = try await finder.profiles(page, of: account).map { CSVText.row($0.texts(fields)) }
                try await open.write(ByteBuffer(string: rows.joined()))
            }
            try await open.finish(nil)
        }
        let headers: HTTPFields = [
            .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"segment-\(segment.id).csv\"",
            .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        return Response(status: .ok, headers: headers, body: body)
    }
}

extension Profile {
    fileprivate func json(_ fields: [String]) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for field in fields { members[field] = property(field) }
        return .object(members)
    }

    fileprivate func texts(_ fields: [String]) -> [String] {
        fields.map { field in
            switch property(field) {
            case nil: ""
            case .string(let text): text
            case .array(let parts): parts.compactMap(\.string).joined(separator: ", ")
            case .some(let value): value.text
            }
        }
    }
}

/// Rows of a CSV file (RFC 4180).
enum CSVText {
    static func row(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\r\n" }

    /// A text that a spreadsheet would take for a formula begins with an apostrophe. Numbers, those of phones included, stay.
    private static func field(_ text: String) -> String {
        let safe = isFormula(text) ? "'" + text : text
        guard safe.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    private static func isFormula(_ text: String) -> Bool {
        switch text.unicodeScalars.first {
        case "=", "@", "\t", "\r": true
        case "+", "-": !text.utf8.dropFirst().allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
        default: false
        }
    }
}
