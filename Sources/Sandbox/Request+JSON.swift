import Core
import Hummingbird
import NIOCore

extension Request {
    /// The body as JSON.
    /// - Throws: `InputError` when it is none or above 256 KiB.
    func json() async throws -> JSONValue {
        let buffer: ByteBuffer
        do { buffer = try await body.collect(upTo: 256 * 1024) } catch {
            throw InputError(code: "too_large", "the body is above 256 KiB or broke off")
        }
        do { return try buffer.withUnsafeReadableBytes { JSONValue.parse($0) }.get() } catch {
            throw InputError(code: "invalid_json", "the body is not JSON: \(error.reason) at byte \(error.offset)")
        }
    }

    /// A whole number of the query.
    func count(_ key: Substring, default standard: Int, in range: ClosedRange<Int>) throws(InputError) -> Int {
        guard let text = uri.queryParameters[key] else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw InputError(
                code: "invalid_\(key)", field: String(key), "\(key) is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

extension Response {
    init(_ json: JSONValue, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }
}

/// Turns what our own routes refuse into `{error: {code, message, field?}}`.
struct RefusalMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: SandboxContext, next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        do { return try await next(request, context) } catch let refusal as InputError {
            var error: [String: JSONValue] = ["code": .string(refusal.code), "message": .string(refusal.message)]
            if let field = refusal.field { error["field"] = .string(field) }
            return Response(["error": .object(error)], status: Self.status(refusal.kind))
        }
    }

    private static func status(_ kind: InputError.Kind) -> HTTPResponse.Status {
        switch kind {
        case .invalid: .badRequest
        case .notFound: .notFound
        case .conflict: .conflict
        }
    }
}
