import Core
import Hummingbird

/// One page of a listing that is walked with `limit` and `after`, filtered by `status`, `language` and `name`.
struct TemplatePage: Sendable {
    let templates: [Template]
    let limit: Int
    let start: Int
    let hasMore: Bool

    var end: Int { start + templates.count }

    init(_ all: [Template], query: Parameters, usual: Int) {
        let filters: [(Substring, (Template) -> String)] = [("status", \.status), ("language", \.language), ("name", \.name)]
        let wanted = all.filter { template in
            filters.allSatisfy { key, value in query[key].map { $0 == value(template) } ?? true }
        }
        limit = min(max(1, query["limit"].flatMap { Int($0) } ?? usual), 1000)
        start = query["after"].flatMap { Self.place(String($0)) } ?? 0
        templates = Array(wanted.dropFirst(start).prefix(limit))
        hasMore = start + templates.count < wanted.count
    }

    /// What a listing calls a place in it.
    func cursor(_ place: Int) -> String { Base64.encode("place \(place)".utf8) }

    private static func place(_ cursor: String) -> Int? {
        Base64.decode(cursor).flatMap { Int(String(decoding: $0, as: UTF8.self).dropFirst("place ".count)) }.map { max(0, $0) }
    }
}
