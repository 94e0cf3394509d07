package import Core

/// What a template is called at the provider: `<template_namespace>:<template_name>`.
/// Split at the last colon, because namespaces of test accounts hold colons themselves
/// (`whatsapp:hsm:technology:nexmo:verifytest`).
package struct TemplateName: Hashable, Sendable, CustomStringConvertible {
    package let namespace: String
    package let name: String

    /// - Throws: `InputError` that shows the right form, with `field` as its field.
    package init(_ text: String, field: String = "name") throws(InputError) {
        guard let colon = text.lastIndex(of: ":"), text.utf8.count <= 1024 else { throw Self.wrongForm(field) }
        (namespace, name) = (String(text[..<colon]), String(text[text.index(after: colon)...]))
        guard !namespace.isEmpty, namespace.utf8.allSatisfy(Self.isNamespaceByte) else { throw Self.wrongForm(field) }
        guard (1...512).contains(name.utf8.count), name.utf8.allSatisfy(Self.isNameByte) else {
            throw InputError(
                code: "invalid_template_name", field: field,
                "The part after the last colon must be 1 to 512 lower-case letters, digits and underscores, as in shop:order_ready.")
        }
    }

    package var description: String { "\(namespace):\(name)" }

    private static func wrongForm(_ field: String) -> InputError {
        InputError(
            code: "invalid_template_name", field: field,
            "A template is named <template_namespace>:<template_name>, as in shop:order_ready.")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static func isNamespaceByte(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }
}
