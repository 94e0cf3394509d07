import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The business's side of the callbacks: keeps what is posted, in order, and answers as told.
final class Receiver: Sendable {
    struct Callback: Sendable {
        let path: String
        let authorization: String?
        let bytes: [UInt8]
        let json: JSONValue

        var status: String? { json["status"]?.string }
    }

    private struct State {
        var got: [Callback] = []
        var answers: [HTTPResponse.Status] = []
    }

    private let state = Mutex(State())

    var got: [Callback] { state.withLock { $0.got } }
    var statuses: [String] { got.compactMap(\.status) }

    /// Answers the next callbacks so, the ones after them with 200.
    func answer(_ statuses: [HTTPResponse.Status]) { state.withLock { $0.answers = statuses } }

    /// Takes posts at every path.
    var router: Router<BasicRequestContext> {
        let router = Router()
        router.post("**") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            return self.take(request, Array(body.readableBytesView))
        }
        return router
    }

    private func take(_ request: Request, _ bytes: [UInt8]) -> HTTPResponse.Status {
        let callback = Callback(
            path: request.uri.path, authorization: request.headers[.authorization], bytes: bytes,
            json: (try? JSONValue(parsing: bytes)) ?? .null)
        return state.withLock { state in
            state.got.append(callback)
            return state.answers.isEmpty ? .ok : state.answers.removeFirst()
        }
    }
}
