import Core
import HTTPTypes
import Hummingbird
import WebSupport

/// The pages for people. Everything works as links and forms; the script only fetches the fragment again and again.
struct PageRoutes: Sendable {
    let world: World
    let courier: Courier
    let renderer: PageRenderer

    func add(to router: Router<SandboxContext>) {
        router.get("/", use: overview).get("phones", use: fragment)
        router.get("phones/:number", use: phone).post("phones/:number/reply", use: reply)
    }

    @Sendable private func overview(_ request: Request, context: SandboxContext) throws -> Response {
        try renderer.response("page", world.with { $0.overview(search: request.search) })
    }

    @Sendable private func fragment(_ request: Request, context: SandboxContext) throws -> Response {
        try renderer.response("live", world.with { $0.overview(search: request.search) })
    }

    @Sendable private func phone(_ request: Request, context: SandboxContext) throws -> Response {
        let number = try context.parameters.require("number")
        guard let page = world.with({ $0.page(of: number) }) else { throw HTTPError(.notFound, message: "No such phone") }
        return try renderer.response(request.uri.queryParameters["fragment"] == nil ? "page" : "live", page)
    }

    /// Takes the form of a card and returns to the page it was on.
    @Sendable private func reply(_ request: Request, context: SandboxContext) async throws -> Response {
        let number = try context.parameters.require("number")
        let form = try await URLEncodedFormDecoder().decode(ReplyForm.self, from: String(buffer: request.body.collect(upTo: 64 * 1024)))
        if let content = form.content {
            let notice = try world.attempt { (state) throws(InputError) in
                try state.reply(content, from: number, quoting: nil, through: courier.wires)
            }
            courier.dispatch(notice)
        }
        // Only what the routes of phones may hold goes into the address.
        let safe = number.filter { $0.isASCII && ($0.isNumber || $0.isLetter || $0 == ".") }
        let search = (form.search ?? "").filter { $0.isASCII && ($0.isNumber || $0.isLetter || $0 == ".") }
        let address = form.single == nil ? "/?search=\(search)#phone-\(safe)" : "/phones/\(safe)"
        return Response(status: .seeOther, headers: [.location: address])
    }
}

private struct ReplyForm: Decodable {
    var text: String?
    var button: String?
    var search: String?
    var single: String?

    /// A tapped button counts before a typed text; an empty form is nothing.
    var content: Content? {
        if let button, !button.isEmpty { return .button(text: button, payload: button) }
        if let text, text.contains(where: { !$0.isWhitespace }) { return .text(String(text.prefix(4096))) }
        return nil
    }
}

extension Request {
    fileprivate var search: String { uri.queryParameters["search"].map(String.init) ?? "" }
}
