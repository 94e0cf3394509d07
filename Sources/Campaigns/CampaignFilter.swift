/// Which campaigns a list shows.
package struct CampaignFilter: Hashable, Sendable {
    /// Those that only calls make when they are asked for.
    package var types = CampaignType.listed
    /// Archived ones only when they are asked for.
    package var statuses = Set(Campaign.Status.allCases).subtracting([.archived])
    package var label: String?
    /// A part of the name, compared without regard to case.
    package var name: String?

    package init() {}

    package static let standard = CampaignFilter()

    /// What names are compared by.
    static func key(_ name: String) -> String { name.lowercased() }

    /// For `LIKE … ESCAPE '\'`; empty matches everything.
    var namePattern: String {
        guard let name, !name.isEmpty else { return "" }
        let escaped = Self.key(name).map { "%_\\".contains($0) ? "\\\($0)" : String($0) }
        return "%\(escaped.joined())%"
    }
}
