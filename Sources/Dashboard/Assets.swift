import Core
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import WebSupport

/// The style sheet, scripts and pictures of the pages. They are few and small, and stay in memory.
struct Assets: Sendable {
    private struct File: Sendable {
        let bytes: ByteBuffer
        let type: String
        let tag: String
    }

    private let files: [String: File]

    /// Reads the files of a folder; those of a type that browsers do not need from here are left out.
    /// - Throws: `SettingsError` when there are none.
    init(folder: String) throws {
        var files: [String: File] = [:]
        for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
            guard let type = Self.type(of: name), let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
            files[name] = File(bytes: ByteBuffer(bytes: data), type: type, tag: Self.tag(data))
        }
        guard !files.isEmpty else { throw SettingsError("There are no assets in \(folder).") }
        self.files = files
    }

    func add(to group: RouterGroup<SiteContext>) {
        group.get("assets/**", use: file)
        group.get("favicon.ico") { _, _ in Response.seeOther("/assets/favicon.svg") }
    }

    /// Browsers keep the file and ask each time whether it is still the same.
    @Sendable private func file(_ request: Request, context: SiteContext) throws -> Response {
        guard let file = files[context.parameters.getCatchAll().joined(separator: "/")] else { throw Problem.notFound }
        let headers: HTTPFields = [.eTag: file.tag, .cacheControl: "no-cache", .contentType: file.type]
        let known = request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
        if known.contains(where: { $0.hasSuffix(file.tag) || $0 == "*" }) { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.bytes))
    }

    private static func type(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "woff2": "font/woff2"
        default: nil
        }
    }

    /// FNV-1a: it need not be secret, only change with the file.
    private static func tag(_ data: Data) -> String {
        let hash = data.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "\"" + String(hash, radix: 36) + "\""
    }
}
