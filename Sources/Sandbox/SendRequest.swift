import Core

/// A send request that keeps its vendor's rules, in the same form for all vendors.
struct SendRequest: Sendable {
    /// Digits, or a business-scoped user id such as `US.9001`.
    var to: String
    /// As it was written.
    var input: String
    /// Digits; nil when the vendor names the sender otherwise.
    var from: String?
    /// Our reference, where the vendor takes one.
    var clientRef: String?
    /// The vendor's word for the kind of message.
    var messageType: String
    var content: Content
    var template: TemplateUse?
    /// What tells a repeated request where there is no reference: the whole body.
    var fingerprint: [UInt8]?

    init(to: String, input: String? = nil, from: String? = nil, clientRef: String? = nil, messageType: String, content: Content) {
        (self.to, self.input, self.from, self.clientRef) = (to, input ?? to, from, clientRef)
        (self.messageType, self.content) = (messageType, content)
    }
}

/// A template as a request names it and fills it.
struct TemplateUse: Hashable, Sendable {
    enum Address: Hashable, Sendable {
        /// With the language, which must fit exactly, and the namespace, if the vendor knows one and it is said.
        case name(String, language: String, namespace: String?)
        /// Gupshup's own id, which stands for name and language.
        case id(String)
        /// The text with the variables filled in.
        case text(String)
    }

    /// How many values it brings.
    enum Values: Hashable, Sendable {
        case parts(header: Int, body: Int, buttons: Int)
        /// For the body alone; header and buttons have no variables.
        case body(Int)
        /// One list for header, body and buttons.
        case list(Int)
        /// They are part of the text.
        case filledIn
    }

    var address: Address
    var values: Values
}

extension TemplateUse.Address {
    /// Reads `<namespace>:<name>`, split at the last colon, for namespaces have some themselves; or the name alone.
    init(_ text: String, language: String) {
        guard let colon = text.lastIndex(of: ":") else {
            self = .name(text, language: language, namespace: nil)
            return
        }
        self = .name(String(text[text.index(after: colon)...]), language: language, namespace: String(text[..<colon]))
    }
}

/// Who a message goes to.
enum Recipient {
    /// 7 to 15 digits, without a plus sign and without 00.
    static func isNumber(_ text: String) -> Bool {
        (7...15).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "0")
            && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// Two capital letters and a dot, for a parent business also `ENT.`, then 1 to 128 letters and digits.
    static func isScopedID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 4, bytes[2] == UInt8(ascii: "."), bytes[..<2].allSatisfy({ (65...90).contains($0) })
        else { return false }
        let rest = bytes[3...].starts(with: "ENT.".utf8) ? bytes[7...] : bytes[3...]
        return (1...128).contains(rest.count)
            && rest.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) }
    }
}
