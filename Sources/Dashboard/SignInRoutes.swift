import Accounts
import Core
import HTTPTypes
import Hummingbird
import WebSupport

/// Signing in and out.
struct SignInRoutes: Sendable {
    let pages: SitePages
    let signIns: SignIns
    let settings: SiteSettings
    let random: Randomness

    func add(to group: RouterGroup<SiteContext>) {
        group.get("sign-in", use: show).post("sign-in", use: signIn)
        group.post("sign-out", use: signOut)
    }

    @Sendable private func show(_ request: Request, context: SiteContext) async throws -> Response {
        if context.signIn != nil { return .seeOther("/campaigns") }
        return try form(email: "", problem: nil, request, context)
    }

    @Sendable private func signIn(_ request: Request, context: SiteContext) async throws -> Response {
        let form = try await request.form()
        do {
            let address = settings.address(of: request, context)
            let begun = try await signIns.signIn(email: form["email"], password: form["password"], from: address)
            try await endOld(request)
            return welcome(begun, request)
        } catch SignInRefusal.wrong {
            let words = "The e-mail address or the password is not right."
            return try self.form(email: form["email"], problem: words, request, context, status: .unprocessableContent)
        } catch SignInRefusal.tooMany(let wait) {
            return try refuse(email: form["email"], wait: wait, request, context)
        }
    }

    @Sendable private func signOut(_ request: Request, context: SiteContext) async throws -> Response {
        try await endOld(request)
        var response = Response.seeOther("/sign-in")
        pages.cookies.clear(.session, on: &response)
        pages.cookies.setFlash(.signedOut, on: &response)
        return response
    }

    private func endOld(_ request: Request) async throws {
        if let token = pages.cookies.value(.session, in: request) { try await signIns.signOut(token: token) }
    }

    private func welcome(_ begun: NewSignIn, _ request: Request) -> Response {
        var response = Response.seeOther(pages.cookies.returnAddress(in: request) ?? "/campaigns")
        pages.cookies.set(.session, begun.token, seconds: Int(SignIns.life.inSeconds), on: &response)
        pages.cookies.clear(.form, on: &response)
        pages.cookies.clear(.back, on: &response)
        return response
    }

    private func refuse(email: String, wait: Duration, _ request: Request, _ context: SiteContext) throws -> Response {
        let minutes = max(1, Int((wait.inSeconds / 60).rounded(.up)))
        let words = "There were too many wrong guesses. Try again in \(minutes == 1 ? "a minute" : "\(minutes) minutes")."
        var response = try form(email: email, problem: words, request, context, status: .tooManyRequests)
        response.headers[.retryAfter] = String(minutes * 60)
        return response
    }

    private func form(
        email: String, problem: String?, _ request: Request, _ context: SiteContext, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let token = context.formToken ?? random.token(bytes: 32)
        let view = SignInView(token: token, email: email, problem: problem)
        var response = try pages.page("sign-in", title: "Sign in", view, for: request, context, status: status)
        if context.formToken == nil { pages.cookies.set(.form, token, on: &response) }
        return response
    }
}

/// The model of `sign-in`.
private struct SignInView: Sendable {
    let token: String
    let summary: String?
    let fields: [FormField]

    init(token: String, email: String, problem: String?) {
        (self.token, summary) = (token, problem)
        fields = [
            FormField("email", label: "E-mail address", type: "email", value: email, autocomplete: "username"),
            FormField("password", label: "Password", type: "password", autocomplete: "current-password"),
        ]
    }
}
