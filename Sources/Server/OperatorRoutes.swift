import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// What machines ask: is it alive, is it ready, what are its numbers. Without sign-in, and without a word about anybody.
struct OperatorRoutes: Sendable {
    let engine: any SQLEngine
    let metrics: PrometheusText

    func add<Context: RequestContext>(to router: Router<Context>) {
        router.get("/health/live") { _, _ in text("ok\n") }
        router.get("/health/ready") { _, _ in await ready() }
        router.get("/metrics") { _, _ in text(metrics.text(), type: "text/plain; version=0.0.4; charset=utf-8") }
    }

    private func ready() async -> Response {
        do {
            _ = try await engine.read { try $0.row(Self.probe) }
            return text("ready\n")
        } catch {
            return text("the database cannot be read\n", status: .serviceUnavailable)
        }
    }

    private func text(
        _ body: String, status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }

    private static let probe = Query("health.probe", "SELECT MAX(number) FROM schema_version")
}
