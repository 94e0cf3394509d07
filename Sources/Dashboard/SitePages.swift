import Accounts
import Core
import HTTPTypes
import Hummingbird
import WebSupport

/// Puts a page's content into the layout.
struct SitePages: Sendable {
    let renderer: PageRenderer
    let cookies: SiteCookies

    /// - Parameters:
    ///   - section: which entry of the menu is the current one.
    ///   - refresh: the page asks for itself again every few seconds where scripts do not run.
    func page(
        _ view: String, title: String, _ content: some Sendable, for request: Request, _ context: SiteContext,
        section: Frame.Section? = nil, refresh: Bool = false, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let flash = cookies.flash(in: request)
        let frame = Frame(context, section: section, flash: flash?.message, refresh: refresh)
        var response = try renderer.response(view, Page(title: title, frame: frame, content: content), status: status)
        if flash != nil { cookies.clear(.flash, on: &response) }
        return response
    }
}

/// The model of every page: `layout` reads the title and the frame, the page's own view the content.
struct Page<Content: Sendable>: Sendable {
    let title: String
    let frame: Frame
    let content: Content
}

/// What the layout shows around a page.
struct Frame: Sendable {
    enum Section: Sendable { case campaigns, channels }

    struct Visitor: Sendable {
        let email: String
        let accountName: String
        let signOutToken: String
    }

    struct MenuEntry: Sendable {
        let label: String
        let address: String
        let isCurrent: Bool
    }

    let visitor: Visitor?
    let menu: [MenuEntry]
    let flashText: String?
    let refresh: Bool

    init(_ context: SiteContext, section: Section?, flash: String?, refresh: Bool) {
        visitor = context.signIn.map {
            Visitor(email: $0.user.email, accountName: $0.account.name, signOutToken: $0.formToken)
        }
        menu = [
            MenuEntry(label: "Campaigns", address: "/campaigns", isCurrent: section == .campaigns),
            MenuEntry(label: "Channels", address: "/channels", isCurrent: section == .channels),
        ]
        (flashText, self.refresh) = (flash, refresh)
    }
}

/// A field of a form, for the partial `forms/field`: label, hint and error are tied to the input, and what was typed
/// stays when the form comes back.
struct FormField: Sendable {
    let name: String
    let label: String
    let type: String
    let value: String
    let hint: String?
    let problem: String?
    let autocomplete: String
    /// The ids of hint and error, for aria-describedby; nil without either.
    let describedBy: String?

    init(
        _ name: String, label: String, type: String = "text", value: String = "", hint: String? = nil, problem: String? = nil,
        autocomplete: String = "off"
    ) {
        (self.name, self.label, self.type, self.value) = (name, label, type, value)
        (self.hint, self.problem, self.autocomplete) = (hint, problem, autocomplete)
        let ids = [problem.map { _ in "\(name)-problem" }, hint.map { _ in "\(name)-hint" }].compactMap(\.self)
        describedBy = ids.isEmpty ? nil : ids.joined(separator: " ")
    }
}
