import Core
import Profiles

/// The rows of one block of people, unpacked: how some people of one chunk are since their last change, by id.
struct ProfileRows: Sendable {
    var people: [Int64]
    /// What `reach` and the properties say, by column name.
    var columns: [String: ColumnValues]

    init(people: [Int64], columns: [String: ColumnValues]) { (self.people, self.columns) = (people, columns) }

    init(_ profiles: [Profile]) {
        let profiles = profiles.sorted { $0.id < $1.id }
        people = profiles.map(\.id.rawValue)
        columns = [ColumnName.reach: ColumnValues(kind: .decimal, numbers: profiles.map { Int64($0.reachBits) })]
        let names = profiles.reduce(into: Set<String>()) { $0.formUnion($1.properties.keys) }
        for name in names.union(Self.fields) {
            let values = profiles.map { $0.property(name) }
            if values.contains(where: { $0 != nil }) { columns[ColumnName.property(name)] = ColumnValues(values) }
        }
    }

    /// Fields that rules name like properties. `objectId` is left out: it is long, everybody has another, and no audience is made of it.
    private static let fields: Set<String> = [ProfileField.identity, ProfileField.email, ProfileField.phone]

    /// What `newer` says of people counts.
    func updated(by newer: ProfileRows) -> ProfileRows {
        let changed = Set(newer.people)
        let kept = people.indices.filter { !changed.contains(people[$0]) }
        let older = ProfileRows(people: kept.map { people[$0] }, columns: columns.mapValues { $0.picking(kept) })
        var joined: [String: ColumnValues] = [:]
        for name in Set(older.columns.keys).union(newer.columns.keys) {
            joined[name] = ColumnValues.joined([(older.columns[name], older.people.count), (newer.columns[name], newer.people.count)])
        }
        let both = older.people + newer.people
        let order = both.indices.sorted { both[$0] < both[$1] }
        return ProfileRows(people: order.map { both[$0] }, columns: joined.mapValues { $0.picking(order) })
    }

    func packed(frame: Int) -> NewBlock {
        NewBlock(
            columns: [(ColumnName.people, EventRows.payload(people, ascending: true, frame: frame))]
                + columns.map { ($0.key, PackedColumn.payload($0.value, frame: frame)) })
    }

    init(stored: [String: [UInt8]]) throws(DamagedBlock) {
        people = try EventRows.numbers(stored[ColumnName.people])
        columns = [:]
        for (name, payload) in stored where name != ColumnName.people { columns[name] = try PackedColumn(payload).unpacked() }
    }
}

extension Profile {
    var reachBits: Int { (email == nil ? 0 : 1) + (phone == nil ? 0 : 2) + (whatsApp ? 4 : 0) + (whatsAppSaidAt == nil ? 0 : 8) }
}

extension ReachTest {
    /// For each combination of the bits, whether it passes; for all but `reachable`.
    var byBits: [Bool] {
        (0..<16).map { bits in
            switch self {
            case .hasEmail: bits & 1 != 0
            case .hasPhone: bits & 2 != 0
            case .optedIn: bits & 4 != 0
            case .unsubscribed: bits & 12 == 8
            case .reachable: false
            }
        }
    }
}
