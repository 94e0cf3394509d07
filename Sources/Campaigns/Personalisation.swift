package import Core
import Liquid
package import Profiles

/// What fills one variable of a template: a text, which may hold Liquid, or a property with a default. The one place
/// that knows how variables are filled.
package struct Personalisation: Hashable, Sendable {
    /// What a variable comes to for one person.
    package enum Resolved: Hashable, Sendable {
        /// At most 1024 characters; the rest is cut off.
        case text(String)
        /// Something found nothing and has no default, or the whole is blank.
        case missing
        /// What was found breaks WhatsApp's rule for values.
        case invalid
        /// Liquid reached `{% abort %}`.
        case aborted
        /// Liquid did more than one rendering may.
        case timedOut
    }

    private enum Content: Hashable, Sendable {
        case liquid(Template)
        case property(PropertyOutput)
    }

    /// The form that it was read from.
    package let json: JSONValue
    private let content: Content

    /// Reads a text, in which `{{ Profile.Name | default: "there" }}` stands for a property and `{{ Event.Amount }}` for
    /// one of the event that set the campaign off, or `{"property": "Name", "default": "there"}`, or
    /// `{"event_property": "Amount", "default": "0"}`. In a text the dates of properties become `2023-05-29 15:55:00`, in
    /// the other forms `May 29, 2023` (`clevertap.md` 7.2).
    /// - Throws: `InputError` with `field`, for a tag, filter or object that is not known here, and for fixed text that
    ///   WhatsApp would refuse.
    package init(json: JSONValue, field: String) throws(InputError) {
        self.json = json
        switch json {
        case .string(let text): content = .liquid(try Template(variable: text, field: field))
        case .object: content = .property(try PropertyOutput(json, field: field))
        default:
            throw InputError(
                code: "invalid_variable", field: field,
                #"A variable is filled with a text, or with a property as {"property": "Name", "default": "there"}."#)
        }
    }

    /// Whether it can only be filled where an event set the campaign off.
    package var usesEvent: Bool {
        switch content {
        case .liquid(let template): template.roots.contains(PropertyOwner.event.rawValue)
        case .property(let output): output.owner == .event
        }
    }

    /// What it comes to for a person. A property's value is put in as it is and never read as Liquid again.
    /// - Parameters:
    ///   - event: the properties of the event that set the campaign off; nil where there is none.
    ///   - now: what `"now"` means in Liquid.
    ///   - offset: the seconds east of UTC in which dates are written, at a moment.
    package func resolve(
        for profile: Profile, event: [String: JSONValue]? = nil, at now: Timestamp,
        offset: @escaping @Sendable (Timestamp) -> Int = { _ in 0 }
    ) -> Resolved {
        let facts = Facts(profile: profile, event: event ?? [:])
        switch content {
        case .property(let output): return output.text(facts, offset: offset).map(Resolved.init) ?? .missing
        case .liquid(let template):
            switch template.render(facts.scope(for: template.reads), at: now, offset: offset) {
            case .text(let text): return Resolved(text)
            case .missing: return .missing
            case .aborted: return .aborted
            case .timedOut: return .timedOut
            }
        }
    }
}

extension Personalisation.Resolved {
    fileprivate init(_ text: String) {
        guard !ParameterText.isBlank(text) else {
            self = .missing
            return
        }
        let cut = String(text.prefix(ParameterText.limit))
        self = ParameterText.isAllowed(cut) ? .text(cut) : .invalid
    }
}
