import Accounts
import Core
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import WebSupport

/// How a stream of changes goes on.
package struct LivePace: Sendable {
    /// Waits between two looks. Throws when the stream is to end, for instance because the server is shutting down.
    package var pause: @Sendable () async throws -> Void
    /// Every so many looks it is checked that the person is still signed in and may what they might; after as many without
    /// a change a comment is sent, so that a lost browser is noticed.
    package var looksPerHeartbeat = 15
    /// After this many looks the stream ends; the browser asks again, and whether it may is checked anew.
    package var mostLooks = 300

    package init(pause: @escaping @Sendable () async throws -> Void) { self.pause = pause }

    /// A look each second.
    package static let everySecond = Self { try await Task.sleep(for: .seconds(1)) }
}

/// A campaign's page and the stream that keeps it up to date (WHATWG HTML, "Server-sent events").
struct LiveCampaign: Sendable {
    let renderer: PageRenderer
    let campaigns: CampaignPages
    let pace: LivePace
    let clock: WallClock
    /// Receipts and replies come after the last message is out.
    static let afterglow = Duration.seconds(900)

    /// - Throws: `Problem.notFound`.
    func view(_ id: CampaignID, _ context: SignedInContext) async throws -> CampaignView {
        async let stats = campaigns.stats(context.account.id, id)
        guard let detail = try await campaigns.detail(context.account.id, id), let numbers = try await stats else {
            throw Problem.notFound
        }
        let token = context.user.role.mayRunCampaigns ? context.formToken : nil
        return CampaignView(detail, numbers, isLive: isLive(detail), formToken: token)
    }

    /// The parts of the page that changed, as HTML, each time they did; `end` when nothing will change any more.
    /// - Parameters:
    ///   - place: given back when the stream is over, or never begins.
    ///   - isSignedIn: whether this is still the same person with the same role; the stream ends when not.
    func response(
        _ id: CampaignID, _ context: SignedInContext, holding place: OpenStreams.Place, while isSignedIn: @escaping SignInCheck
    ) -> Response {
        let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        let body = ResponseBody { writer in
            defer { place.giveBack() }
            do { try await follow(id, context, while: isSignedIn, &writer) } catch {
                context.logger.debug("live campaign ended", metadata: ["campaign": "\(id)", "error": "\(error)"])
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }

    typealias SignInCheck = @Sendable () async throws -> Bool

    private func follow(
        _ id: CampaignID, _ context: SignedInContext, while isSignedIn: SignInCheck, _ writer: inout any ResponseBodyWriter
    ) async throws {
        var (last, quiet) = ("", 0)
        for look in 0..<pace.mostLooks {
            if look > 0, look.isMultiple(of: pace.looksPerHeartbeat) { guard try await isSignedIn() else { return } }
            let view = try await view(id, context)
            let parts = try renderer.text("campaigns/live", view)
            quiet = parts == last ? quiet + 1 : 0
            if parts != last {
                try await writer.write(ByteBuffer(string: event("parts", parts)))
            } else if quiet.isMultiple(of: pace.looksPerHeartbeat) {
                try await writer.write(ByteBuffer(string: ": still here\n\n"))
            }
            last = parts
            guard view.liveAddress != nil else { return try await writer.write(ByteBuffer(string: event("end", ""))) }
            try await pace.pause()
        }
    }

    private func isLive(_ detail: CampaignDetail) -> Bool {
        switch detail.status {
        case "approval_pending", "scheduled", "running", "held": true
        case "completed", "stopped": detail.finishedAt.map { clock.now() < $0 + Self.afterglow } ?? false
        default: false
        }
    }

    private func event(_ name: String, _ data: String) -> String {
        let lines = data.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        return "event: \(name)\n" + lines.map { "data: \($0)\n" }.joined() + "\n"
    }
}
