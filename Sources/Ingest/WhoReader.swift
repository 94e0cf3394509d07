import Core
import Profiles

/// Reads who a record is about (vendor document, "who is who").
enum WhoReader {
    private static let limit = 1024
    /// An index entry of PostgreSQL must fit 2,704 bytes.
    private static let byteLimit = 2048
    /// What programs write when they have no id; an id like that would put many people into one.
    private static let refused: Set<String> = [
        "undefined", "null", "na", "n/a", "0", "nil", "-1", "infinity", "-infinity", "inf", "-inf", "nan", "-nan", "empty",
        "xxxxxx", "none", "",
    ]

    /// At least one id, and none that is wrong; null counts as absent.
    static func read(_ record: JSONValue) throws(RecordFault) -> Who {
        var ids: [IdentityKind: String] = [:]
        for kind in IdentityKind.allCases {
            guard let value = record[kind.rawValue], !value.isNull else { continue }
            ids[kind] = kind == .objectID ? try objectID(value) : try identity(value)
        }
        guard !ids.isEmpty else { throw .who }
        return Who(ids)
    }

    private static func identity(_ value: JSONValue) throws(RecordFault) -> String {
        guard let text = value.string ?? wholeNumber(value).map({ String($0) }), isUsable(text) else { throw .who }
        return text
    }

    /// A number that came as a floating-point one may have lost digits beyond 2^53, and then two people would be one.
    private static func wholeNumber(_ value: JSONValue) -> Int64? {
        if case .double(let number) = value, number.magnitude >= 0x1p53 { return nil }
        return value.int
    }

    private static func objectID(_ value: JSONValue) throws(RecordFault) -> String {
        guard let text = value.string, isUsable(text), text.unicodeScalars.allSatisfy(isVisible) else { throw .objectID }
        return text
    }

    private static func isUsable(_ text: String) -> Bool {
        guard text.utf8.count <= byteLimit, !PropertyLimits.isLonger(text, than: limit) else { return false }
        let start = text.unicodeScalars.lazy.filter(isNoBlank).prefix(longestRefused + 1)
        return !refused.contains(String(String.UnicodeScalarView(start)).lowercased())
    }

    private static let longestRefused = refused.map(\.unicodeScalars.count).max() ?? 0

    private static func isNoBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 32 && (scalar.isASCII || !scalar.properties.isWhitespace)
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
    }
}
