import Core
import Profiles

/// Reads `evtName` and `evtData`. A missing `evtData` is an event without properties; null values are left out.
struct EventReader {
    private static let items = "Items"
    /// An index entry of PostgreSQL must fit 2,704 bytes.
    private static let nameLength = 512
    private var properties = PropertyReader()

    static func read(
        name: JSONValue?, data: JSONValue?
    ) throws(RecordFault) -> (EventName, [String: JSONValue], [FieldNote]) {
        let name = try eventName(name)
        let members = try members(data)
        var reader = Self()
        do {
            let values = try reader.values(members, isCharge: name.matchKey == charged)
            return (name, values, reader.properties.notes)
        } catch {
            throw .eventData(error.text)
        }
    }

    private static let charged = EventName.charged.lowercased()

    private static func eventName(_ value: JSONValue?) throws(RecordFault) -> EventName {
        guard let value, !value.isNull else { throw .eventNameMissing }
        guard let text = value.string else { throw .eventName("Event name is not a text") }
        guard let name = EventName(text) else { throw .eventNameMissing }
        guard !name.isReserved else { throw .restrictedEvent }
        guard !PropertyReader.hasForbidden(text) else {
            throw .eventName("Event name has one of \(PropertyReader.forbidden)")
        }
        guard !PropertyLimits.isLonger(text, than: nameLength) else {
            throw .eventName("Event name has more than \(nameLength) characters")
        }
        return name
    }

    private static func members(_ data: JSONValue?) throws(RecordFault) -> [String: JSONValue] {
        guard let data, !data.isNull else { return [:] }
        guard let members = data.object else { throw .eventData("evtData is not an object") }
        guard members.count <= PropertyLimits.eventProperties else { throw .tooManyEventProperties }
        return members
    }

    private mutating func values(
        _ members: [String: JSONValue], isCharge: Bool
    ) throws(PropertyReader.Problem) -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where try properties.takesName(name) {
            if isCharge, name == Self.items, !value.isNull {
                values[name] = try items(value)
            } else {
                values[name] = try properties.scalar(value, of: name)
            }
        }
        return values
    }

    /// The goods of a purchase: at most 256 objects, each with at most 256 properties and no lists or objects inside.
    private mutating func items(_ value: JSONValue) throws(PropertyReader.Problem) -> JSONValue {
        guard let list = value.array, list.count <= PropertyLimits.items else {
            throw .value(Self.items, "needs a list of at most \(PropertyLimits.items) objects")
        }
        var items: [JSONValue] = []
        for item in list {
            guard let members = item.object else { throw .value(Self.items, "needs a list of objects") }
            guard members.count <= PropertyLimits.eventProperties else {
                throw .value(Self.items, "has an object with more than \(PropertyLimits.eventProperties) properties")
            }
            items.append(.object(try values(members, isCharge: false)))
        }
        return .array(items)
    }
}
