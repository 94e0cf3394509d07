import Core
import WhatsApp

/// How a line reaches Meta: the addresses of the Graph API and the token that opens them.
struct MetaAccess {
    let token: String
    let phoneNumberID: String
    private let root: String

    /// - Throws: `SendFailure` to halt the channel, code `no_credentials`, when the token or the number's id is missing.
    init(_ line: Line) throws(SendFailure) {
        guard let token = line.credentials["access_token"], !token.isEmpty,
            let phoneNumberID = line.credentials["phone_number_id"], !phoneNumberID.isEmpty
        else {
            throw SendFailure(
                .haltChannel, code: "no_credentials", summary: "The Meta channel has no access_token or no phone_number_id.")
        }
        let version = line.credentials["api_version"] ?? Self.defaultVersion
        (self.token, self.phoneNumberID, root) = (token, phoneNumberID, "\(line.baseURL)/\(version)/")
    }

    func get(_ path: String, _ query: [(name: String, value: String)] = []) -> ProviderRequest {
        let tail = query.isEmpty ? "" : "?" + String(decoding: FormEncoding.encode(query), as: UTF8.self)
        return ProviderRequest(.get, url: root + path + tail, headers: headers)
    }

    /// For a link that Meta gave; the caller has looked at its host.
    func get(link: String) -> ProviderRequest {
        ProviderRequest(.get, url: link, headers: ["authorization": "Bearer " + token])
    }

    func post(_ path: String, _ json: JSONValue) -> ProviderRequest {
        let headers = headers.merging(["content-type": "application/json"], uniquingKeysWith: { $1 })
        return ProviderRequest(url: root + path, headers: headers, body: json.bytes)
    }

    private var headers: [String: String] { ["authorization": "Bearer " + token, "accept": "application/json"] }

    /// `v25.0`: the letter, digits, a dot, digits.
    static func isVersion(_ text: String) -> Bool {
        let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        return text.first == "v" && parts.count == 2
            && parts.allSatisfy { (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }

    private static let defaultVersion = "v25.0"
}
