package import Core
import HTTPTypes
package import Hummingbird
import NIOCore

extension Request {
    /// The body as JSON; an empty body is no JSON.
    /// - Parameter bytes: the largest body that is taken. Larger ones are refused before they are read, when the
    ///   client says how much is coming, and at that size else.
    /// - Throws: `Problem.tooLarge`; `InputError` `malformed_json`, which names the place.
    package func json(upTo bytes: Int) async throws -> JSONValue {
        try Self.json(try await bytesOfBody(upTo: bytes))
    }

    /// The same; nil for an empty body.
    package func jsonIfPresent(upTo bytes: Int) async throws -> JSONValue? {
        let buffer = try await bytesOfBody(upTo: bytes)
        return buffer.readableBytes == 0 ? JSONValue?.none : try Self.json(buffer)
    }

    private static func json(_ buffer: ByteBuffer) throws(InputError) -> JSONValue {
        do throws(JSONSyntaxError) {
            return try buffer.withUnsafeReadableBytes { JSONValue.parse($0) }.get()
        } catch {
            throw InputError(
                code: Problem.Code.malformedJSON, "The body is not JSON: \(error.reason), at byte \(error.offset).")
        }
    }

    /// The body as a form (`application/x-www-form-urlencoded`), 64 KiB at most.
    /// - Throws: `Problem.tooLarge`; `InputError` `malformed_form`.
    package func form() async throws -> Form { try await readingForm().form }

    /// The form, and the request with a body that can be read again.
    func readingForm() async throws -> (request: Request, form: Form) {
        guard let type = headers[.contentType], type.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
            throw InputError(code: "malformed_form", "The request is not a form.")
        }
        let buffer = try await bytesOfBody(upTo: 64 * 1024)
        guard let form = Form(decoding: Array(buffer.readableBytesView)) else {
            throw InputError(code: "malformed_form", "The form is not encoded correctly.")
        }
        var request = self
        request.body = .init(buffer: buffer)
        return (request, form)
    }

    private func bytesOfBody(upTo limit: Int) async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap(Int.init), length > limit { throw Problem.tooLarge }
        return try await body.collect(upTo: limit)
    }
}
