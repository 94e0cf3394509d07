import Core
import HTTPTypes
import NIOCore
import WebSupport

/// A send request as a wire sees it.
struct Call: Sendable {
    enum Encoding: Sendable { case json, form }

    let headers: HTTPFields
    /// The parts of the path that say something.
    let path: [String: String]
    /// Without members that are null. Null for what is no JSON, with what is wrong in `fault`.
    let json: JSONValue
    /// Empty for what is no form, with what is wrong in `fault`.
    let form: Form
    let fault: InvalidParameters.Fault?
    let bytes: ByteBuffer

    init(headers: HTTPFields, path: [String: String] = [:], body: ByteBuffer, as encoding: Encoding) {
        (self.headers, self.path, bytes) = (headers, path, body)
        switch encoding {
        case .json:
            form = Form()
            switch body.withUnsafeReadableBytes({ JSONValue.parse($0) }) {
            case .success(let value): (json, fault) = (value.withoutNulls, nil)
            case .failure(let error):
                (json, fault) = (.null, .init(name: "body", reason: "is not JSON: \(error.reason) at byte \(error.offset)"))
            }
        case .form:
            json = .null
            let decoded = Form(decoding: Array(body.readableBytesView))
            form = decoded ?? Form()
            fault = decoded == nil ? .init(name: "body", reason: "is not a form") : nil
        }
    }

    /// What follows `Bearer ` in `Authorization`.
    var bearer: String? {
        guard let header = headers[.authorization], header.lowercased().hasPrefix("bearer ") else { return nil }
        return String(header.dropFirst("bearer ".utf8.count))
    }
}
