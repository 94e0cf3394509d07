package import Core
package import Hummingbird

extension Request {
    /// The value of a name in the query; nil when it is not there.
    /// - Throws: `InputError` `repeated_parameter` when the name comes twice, since nobody can say which is meant.
    package func queryValue(_ name: String) throws(InputError) -> String? {
        let values = uri.queryParameters.getAll(name)
        guard values.count < 2 else {
            throw InputError(code: "repeated_parameter", field: name, "\(name) may stand in the address only once.")
        }
        return values.first
    }

    /// `?before=ID` of a list: the last of the page before.
    /// - Throws: `InputError` `invalid_number` for anything but a positive whole number; as `queryValue`.
    package func queryCursor<Owner>(_ name: String = "before") throws(InputError) -> Identifier<Owner>? {
        guard let text = try queryValue(name) else { return nil }
        guard let id = Identifier<Owner>(text) else {
            throw InputError(code: "invalid_number", field: name, "\(name) is an id, a whole number from 1.")
        }
        return id
    }
}
