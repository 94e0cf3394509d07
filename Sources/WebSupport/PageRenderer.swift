import Core
import Foundation
package import HTTPTypes
package import Hummingbird
import Mustache
import NIOCore

/// Renders Mustache views from a folder. Views read the stored properties of the model by their names; a computed
/// property, or a misspelt name, renders as nothing. An optional that is nil looks on in the models around it, so names
/// are chosen not to repeat.
package struct PageRenderer: Sendable {
    private let library: MustacheLibrary

    /// Reads every `*.mustache` under `folder`; `campaigns/list.mustache` is the view `campaigns/list`.
    /// - Throws: `SettingsError` that names the file when one cannot be read or parsed.
    package init(folder: String) throws {
        MarkupText.register()
        var templates: [String: MustacheTemplate] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() where path.hasSuffix(".mustache") {
            do {
                let text = try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
                templates[String(path.dropLast(".mustache".count))] = try MustacheTemplate(string: MarkupText.pragma + text)
            } catch {
                throw SettingsError("The view \(path) cannot be read: \(error)")
            }
        }
        guard !templates.isEmpty else { throw SettingsError("There are no views in \(folder).") }
        library = MustacheLibrary(templates: templates)
    }

    /// The rendered view.
    /// - Throws: `SettingsError` when there is no such view.
    package func text(_ view: String, _ model: some Sendable) throws -> String {
        guard let text = library.render(model, withTemplate: view) else { throw SettingsError("There is no view \(view).") }
        return text
    }

    /// The rendered view as a page that nobody keeps.
    package func response(_ view: String, _ model: some Sendable, status: HTTPResponse.Status = .ok) throws -> Response {
        let headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"]
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: try text(view, model))))
    }
}
