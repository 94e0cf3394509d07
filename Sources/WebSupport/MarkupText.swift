import Mustache

/// Escapes text for HTML scalar by scalar. Mustache's own escaping goes by characters, and a quotation mark with a
/// combining accent is one character to Swift, but still a quotation mark to a browser.
struct MarkupText: MustacheContentType {
    /// Stands at the top of every view, partials included, because a partial begins with Mustache's own type.
    static let pragma = "{{% CONTENT_TYPE:MARKUP}}\n"

    static func register() { MustacheContentTypes.register(MarkupText(), named: "MARKUP") }

    func escapeText(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): result.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): result.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "&"): result.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "\""): result.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): result.append(contentsOf: "&#39;".utf8)
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
