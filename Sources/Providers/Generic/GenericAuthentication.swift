import Core
import WhatsApp

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The header that proves to the third party who sends: HTTP Basic, or one that the channel names.
struct GenericAuthentication {
    static let vendor = "a generic provider"

    /// In lower case.
    let name: String
    let value: String

    /// - Throws: `InputError` that names the credential that is missing or malformed, or that is one too many.
    init(_ credentials: Credentials) throws(InputError) {
        guard credentials["header_name"] != nil || credentials["header_value"] != nil else {
            let username = try credentials.word("username", 1...256, of: Self.vendor)
            guard !username.contains(":") else {  // HTTP Basic ends the name at the first colon
                throw Credentials.malformed("username", "The username holds no colon.")
            }
            let password = try credentials.word("password", 1...256, of: Self.vendor)
            (name, value) = ("authorization", "Basic " + Data("\(username):\(password)".utf8).base64EncodedString())
            return
        }
        guard credentials["username"] == nil, credentials["password"] == nil else {
            throw Credentials.malformed("header_name", "A channel signs in by username and password, or by a header, not by both.")
        }
        name = try Self.name(in: credentials)
        value = try Self.value(in: credentials)
    }

    private static func name(in credentials: Credentials) throws(InputError) -> String {
        let name = try credentials.word("header_name", 1...64, of: vendor).lowercased()
        guard name.utf8.allSatisfy(isTokenByte) else {
            throw Credentials.malformed("header_name", "header_name is the name of an HTTP header, as in X-Api-Key.")
        }
        guard !reserved.contains(name) else {
            throw Credentials.malformed("header_name", "header_name is not one of the headers that the request itself needs.")
        }
        return name
    }

    /// Visible ASCII with spaces inside, so that it can neither end the header nor start another.
    private static func value(in credentials: Credentials) throws(InputError) -> String {
        guard let value = credentials["header_value"], (1...4096).contains(value.utf8.count), value.first != " ", value.last != " ",
            value.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else {
            throw Credentials.malformed("header_value", "header_value is 1 to 4,096 visible ASCII characters, with spaces inside only.")
        }
        return value
    }

    /// RFC 9110, 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// Headers of the message or of the connection.
    private static let reserved: Set<String> = [
        "accept", "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "expect", "host", "http2-settings",
        "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]
}
