import Campaigns
import Core
import Hummingbird
import WebSupport

extension CampaignFilter {
    /// - Throws: `InputError` that names the parameter.
    init(_ request: Request) throws {
        self.init()
        types = try Self.words(request, "type") ?? types
        statuses = try Self.words(request, "status") ?? statuses
        label = try request.queryValue("label")
        name = try request.queryValue("name")
        for (key, text) in [("label", label), ("name", name)] where text?.utf8.contains(0) == true {
            throw InputError(code: "invalid_filter", field: key, "\(key) holds a character that cannot be looked for.")
        }
    }

    private static func words<Word: RawRepresentable<String> & CaseIterable & Hashable>(
        _ request: Request, _ key: String
    ) throws -> Set<Word>? {
        guard let text = try request.queryValue(key) else { return nil }
        let words = text.split(separator: ",").map { Word(rawValue: String($0)) }
        guard !words.isEmpty, !words.contains(nil) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw InputError(code: "invalid_filter", field: key, "\(key) takes words of \(known), with commas between.")
        }
        return Set(words.compactMap(\.self))
    }
}
