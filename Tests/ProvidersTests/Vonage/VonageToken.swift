import Core
import Crypto
import Foundation
import WhatsApp

/// Signs webhooks as Vonage does, with every part open to be spoilt; made without jwt-kit, so that one mistake cannot
/// hide another.
struct VonageToken {
    static let secret = "0123456789abcdef0123456789abcdef"
    static let application = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"

    var algorithm = "HS256"
    var secret = VonageToken.secret
    var header: JSONValue?
    var claims: [String: JSONValue]

    init(for body: [UInt8], issuedAt: Timestamp) {
        claims = [
            "iss": "Vonage", "api_key": "a1b2c3d4", "application_id": .string(Self.application),
            "jti": "c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5", "iat": .int(issuedAt.seconds),
            "payload_hash": .string(Data(SHA256.hash(data: body)).hexadecimal),
        ]
    }

    var text: String {
        let first = header ?? ["alg": .string(algorithm), "typ": "JWT"]
        let signed = Self.encoded(first.bytes) + "." + Self.encoded(JSONValue.object(claims).bytes)
        return signed + "." + Self.encoded(signature(of: Data(signed.utf8)))
    }

    private func signature(of data: Data) -> [UInt8] {
        let key = SymmetricKey(data: Data(secret.utf8))
        switch algorithm {
        case "HS512": return Array(HMAC<SHA512>.authenticationCode(for: data, using: key))
        case "none": return []
        default: return Array(HMAC<SHA256>.authenticationCode(for: data, using: key))
        }
    }

    static func encoded(_ bytes: [UInt8]) -> String {
        String(Data(bytes).base64EncodedString().map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" })
    }
}

extension WebhookRequest {
    init(authorization: String?, body: [UInt8]) {
        self.init(headers: authorization.map { ["authorization": $0, "content-type": "application/json"] } ?? [:], body: body)
    }
}
