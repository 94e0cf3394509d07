import HTTPTypes
import Hummingbird
import WebSupport

/// The model of `error`.
private struct ErrorView: Sendable {
    let heading: String
    let message: String
    let number: String
}

extension SitePages {
    /// Errors as pages, in friendly words. Who is not signed in is led to the sign-in, and back afterwards.
    var surface: ErrorSurface {
        ErrorSurface(prefix: "/") { problem, request, context in
            if problem.code == Problem.Code.notSignedIn { return toSignIn(request) }
            let view = ErrorView(
                heading: heading(problem.status), message: problem.message, number: String(problem.status.code))
            var response = try page("error", title: view.heading, view, for: request, context, status: problem.status)
            for field in problem.headers { response.headers[field.name] = field.value }
            return response
        }
    }

    private func toSignIn(_ request: Request) -> Response {
        var response = Response.seeOther("/sign-in")
        if !request.uri.path.hasSuffix("/live") { cookies.setReturnAddress(request, on: &response) }
        return response
    }

    private func heading(_ status: HTTPResponse.Status) -> String {
        switch status {
        case .notFound: "This page does not exist"
        case .forbidden: "This was not accepted"
        case .methodNotAllowed: "This does not work this way"
        case .contentTooLarge: "This is too large"
        case .conflict: "This is not possible now"
        case .serviceUnavailable: "Not available at the moment"
        default: status.code < 500 ? "This cannot be done" : "Something went wrong"
        }
    }
}
