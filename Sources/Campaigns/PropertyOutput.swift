import Core
import Liquid
import Profiles

/// Whose property is read, by the name that templates use.
enum PropertyOwner: String, Hashable, Sendable {
    /// The receiver.
    case profile = "Profile"
    /// What the receiver did that set the campaign off.
    case event = "Event"
}

/// A property with a default, as a form offers it: `{"property": "Name", "default": "there"}`.
struct PropertyOutput: Hashable, Sendable {
    var owner: PropertyOwner
    var name: String
    var fallback: String?

    /// Nil when the property is not there or blank and has no default. Dates are written `May 29, 2023`.
    func text(_ facts: Facts, offset: @escaping @Sendable (Timestamp) -> Int) -> String? {
        guard let value = facts.property(name, of: owner), value != .bool(false) || fallback == nil,
            let text = ValuePrinter(dates: .words, offset: offset).text(value), !ParameterText.isBlank(text)
        else { return fallback }
        return text
    }
}

/// What a variable may read.
struct Facts {
    let profile: Profile
    let event: [String: JSONValue]

    /// The property of exactly this name, else of the name with the case of its first letter changed: Liquid writes
    /// `Profile.name` where the profile has `Name`.
    func property(_ name: String, of owner: PropertyOwner) -> JSONValue? {
        if let value = exact(name, owner) { return value }
        guard let first = name.first else { return nil }
        let other = first.isUppercase ? first.lowercased() : first.uppercased()
        return exact(other + name.dropFirst(), owner)
    }

    private func exact(_ name: String, _ owner: PropertyOwner) -> JSONValue? {
        switch owner {
        case .profile: profile.property(name)
        case .event: event[name]
        }
    }

    /// The objects for a template, with no more in them than it reads.
    func scope(for reads: [ScopeRead]) -> [String: JSONValue] {
        var objects: [PropertyOwner: [String: JSONValue]] = [:]
        for read in reads {
            guard let owner = PropertyOwner(rawValue: read.object), let name = read.property else { continue }
            // Null rather than nothing, so that Profile.size is a property like others and not a count of this.
            objects[owner, default: [:]][name] = property(name, of: owner) ?? .null
        }
        return Dictionary(uniqueKeysWithValues: objects.map { ($0.key.rawValue, .object($0.value)) })
    }
}
