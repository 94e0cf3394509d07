import Core
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The business's side of the callbacks: keeps what is posted, in order, and answers as told.
final class Receiver: Sendable {
    struct Callback: Sendable {
        let path: String
        let headers: HTTPFields
        let bytes: [UInt8]
        let json: JSONValue

        var authorization: String? { headers[.authorization] }
        var status: String? { json["status"]?.string }
        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// The fields of a form.
        var form: [String: String] {
            let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) }
            let plain = { (part: Substring) in part.replacing("+", with: " ").removingPercentEncoding ?? "" }
            return Dictionary(pairs.map { (plain($0[0]), plain($0.last ?? "")) }, uniquingKeysWith: { $1 })
        }
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

    /// Takes posts at every path, and echoes a challenge when the token is "verify".
    var router: Router<BasicRequestContext> {
        let router = Router()
        router.post("**") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            return self.take(request, Array(body.readableBytesView))
        }
        router.get("**") { request, _ in
            let query = request.uri.queryParameters
            guard query["hub.mode"] == "subscribe", query["hub.verify_token"] == "verify" else { throw HTTPError(.forbidden) }
            return query["hub.challenge"].map { String($0) } ?? ""
        }
        return router
    }

    private func take(_ request: Request, _ bytes: [UInt8]) -> HTTPResponse.Status {
        let callback = Callback(
            path: request.uri.path, headers: request.headers, bytes: bytes,
            json: (try? JSONValue(parsing: bytes)) ?? .null)
        return state.withLock { state in
            state.got.append(callback)
            return state.answers.isEmpty ? .ok : state.answers.removeFirst()
        }
    }
}
