import Core
import Hummingbird
import WebSupport

/// What the routes of `/api/v1` share.
enum V1 {
    /// The largest body that they take, in bytes.
    static let bodyLimit = 256 * 1024

    /// A whole number of the query.
    /// - Throws: `InputError` that names the range; also for a name that comes twice.
    static func number(_ request: Request, _ name: String, in range: ClosedRange<Int>, default standard: Int) throws -> Int {
        guard let text = try request.queryValue(name) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw InputError(
                code: "invalid_number", field: name, "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}
