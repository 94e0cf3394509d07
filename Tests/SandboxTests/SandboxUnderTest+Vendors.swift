import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// An account with each vendor, and how each is written to.
extension SandboxUnderTest {
    static let metaCredentials: JSONValue = [
        "access_token": "token", "phone_number_id": "7001", "waba_id": "9001", "app_secret": "app secret", "verify_token": "verify",
    ]
    static let gupshupCredentials: JSONValue = ["api_key": "gup key", "app_name": "MyShop", "app_id": "app-1", "webhook_secret": "Hook1"]
    static let enterpriseCredentials: JSONValue = [
        "hsm_user_id": "2001", "hsm_password": "hsm pass", "two_way_user_id": "2002", "two_way_password": "two pass",
    ]
    static let genericCredentials: JSONValue = ["username": "user", "password": "pass"]

    /// Makes an account whose key is the vendor's word.
    func open(_ vendor: String, _ credentials: JSONValue, number: JSONValue = "37052000001", key: String? = nil) async throws {
        let answer = try await post(
            "/sandbox/accounts",
            [
                "vendor": .string(vendor), "key": .string(key ?? vendor), "number": number, "credentials": credentials,
                "callbacks": ["inbound": .string(address + "/inbound"), "status": .string(address + "/status")],
            ])
        try #require(answer.status == 200, "\(answer.text)")
    }

    func openMeta() async throws { try await open("meta", Self.metaCredentials) }
    func openGupshup(version: String = "2") async throws {
        let members = Self.gupshupCredentials.object ?? [:]
        try await open("gupshup", .object(members.merging(["payload_version": .string(version)]) { $1 }))
    }
    func openEnterprise() async throws { try await open("gupshup_enterprise", Self.enterpriseCredentials) }
    func openGeneric() async throws { try await open("generic", Self.genericCredentials) }

    /// Sends through Meta; null takes a key away.
    func meta(_ changes: [String: JSONValue] = [:], id: String = "7001", token: String? = "token") async throws -> Answer {
        let body: [String: JSONValue] = [
            "messaging_product": "whatsapp", "to": "+37060000001", "type": "text", "text": ["body": "Hello"],
            "biz_opaque_callback_data": "m1",
        ]
        let whole = JSONValue.object(body.merging(changes) { $1 }.filter { !$0.value.isNull })
        return try await post("/v25.0/\(id)/messages", whole, authorization: token.map { "Bearer \($0)" })
    }

    static func metaTemplate(_ name: String = "order_ready", _ texts: [String] = ["Ona", "A-17"]) -> [String: JSONValue] {
        let parameters = texts.map { text -> JSONValue in ["type": "text", "text": .string(text)] }
        return [
            "type": "template", "text": nil,
            "template": [
                "name": .string(name), "language": ["code": "en"], "components": [["type": "body", "parameters": .array(parameters)]],
            ],
        ]
    }

    /// Sends through Gupshup's self-serve platform.
    func gupshup(_ changes: [String: String?] = [:], template: Bool = false, key: String? = "gup key") async throws -> Answer {
        var fields: [String: String?] = [
            "channel": "whatsapp", "source": "37052000001", "destination": "37060000001", "src.name": "MyShop",
        ]
        if template {
            fields["template"] = #"{"id":"c6aecef6-bcb0-4fb1-8100-28c094e3bc6b","params":["Ona","A-17"]}"#
        } else {
            fields["message"] = #"{"type":"text","text":"Hello"}"#
        }
        let headers: HTTPFields = key.flatMap { key in HTTPField.Name("apikey").map { [$0: key] } } ?? [:]
        return try await form(template ? "/wa/api/v1/template/msg" : "/wa/api/v1/msg", fields.merging(changes) { $1 }, headers)
    }

    /// Sends through Gupshup's enterprise gateway: a template unless told otherwise.
    func enterprise(_ changes: [String: String?] = [:], isTemplate: Bool = true) async throws -> Answer {
        let fields: [String: String?] = [
            "userid": isTemplate ? "2001" : "2002", "password": isTemplate ? "hsm pass" : "two pass", "auth_scheme": "plain", "v": "1.1",
            "format": "json", "method": "SendMessage", "send_to": "37060000001", "msg_type": "TEXT", "isHSM": isTemplate ? "true" : nil,
            "msg": "Hello Ona, order A-17 is ready.", "extra": "m1",
        ]
        return try await form("/GatewayAPI/rest", fields.merging(changes) { $1 }, [:])
    }

    /// Sends through the generic contract: a template.
    func generic(_ changes: [String: JSONValue] = [:], authorization: String? = "Basic dXNlcjpwYXNz") async throws -> Answer {
        let body: [String: JSONValue] = [
            "payloadVersion": 0.1, "to": "37060000001", "wabaNumber": "37052000001", "isTemplate": true, "msgId": "m1",
            "template": ["namespace": "ns:order_ready", "languageCode": "en"],
            "components": [
                [
                    "type": "body",
                    "body": ["text": "Hello", "parameters": [["type": "text", "text": "Ona"], ["type": "text", "text": "A-17"]]],
                ]
            ],
        ]
        let whole = JSONValue.object(body.merging(changes) { $1 }.filter { !$0.value.isNull })
        return try await post("/generic/send", whole, authorization: authorization)
    }

    func form(_ path: String, _ fields: [String: String?], _ headers: HTTPFields) async throws -> Answer {
        let text = fields.compactMap { key, value in value.map { "\(Self.escaped(key))=\(Self.escaped($0))" } }.sorted().joined(
            separator: "&")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await exchange(.init(path, method: .post, headers: headers, body: ByteBuffer(string: text)))
    }

    func get(_ path: String, bearer: String) async throws -> Answer { try await get(path, headers: [.authorization: "Bearer \(bearer)"]) }

    func get(_ path: String, headers: HTTPFields) async throws -> Answer {
        try await exchange(.init(path, method: .get, headers: headers))
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + [byte].hexadecimal
        }.joined()
    }

    /// Registers a template of an account.
    func template(_ account: String, _ changes: [String: JSONValue] = [:]) async throws -> JSONValue {
        let body: [String: JSONValue] = [
            "name": "order_ready", "language": "en", "category": "UTILITY", "body": "Hello {{1}}, order {{2}} is ready.",
        ]
        let answer = try await post("/sandbox/accounts/\(account)/templates", .object(body.merging(changes) { $1 }))
        try #require(answer.status == 200, "\(answer.text)")
        return answer.json
    }

    /// The entries of the log.
    func log() async throws -> [JSONValue] { try await get("/sandbox/requests").json["requests"]?.array ?? [] }

    func reply(_ reply: JSONValue, from phone: String = "37060000001") async throws {
        let answer = try await post("/sandbox/phones/\(phone)/reply", reply)
        try #require(answer.status == 202, "\(answer.text)")
    }
}
