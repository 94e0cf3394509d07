import Core
package import WhatsApp

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension VonageProvider {
    /// A template message with its parameters in order (Vonage, "Messages API", WhatsApp template).
    package func request(for message: OutboundMessage, over line: Line) throws(SendFailure) -> ProviderRequest {
        guard let key = line.credentials["api_key"], let secret = line.credentials["api_secret"] else {
            throw SendFailure(.haltChannel, code: "no_credentials", summary: "The channel has no api_key or no api_secret.")
        }
        let headers = [
            "authorization": "Basic " + Data("\(key):\(secret)".utf8).base64EncodedString(),
            "content-type": "application/json", "accept": "application/json",
        ]
        return ProviderRequest(url: line.baseURL + "/v1/messages", headers: headers, body: json(of: message, from: line.number).bytes)
    }

    /// `policy` has one value since WhatsApp dropped the other; the locale is spelt with an underscore, as Vonage's SDKs
    /// do. `client_ref` takes up to 100 characters and comes back in every status.
    private func json(of message: OutboundMessage, from number: PhoneNumber) -> JSONValue {
        var template: [String: JSONValue] = ["name": .string(message.template.description)]
        if !message.parameters.isEmpty { template["parameters"] = .array(message.parameters.map(JSONValue.string)) }
        let locale = String(message.language.map { $0 == "-" ? "_" : $0 })
        return [
            "channel": "whatsapp", "message_type": "template", "from": .string(number.digits), "to": .string(message.to.digits),
            "template": .object(template), "whatsapp": ["policy": "deterministic", "locale": .string(locale)],
            "client_ref": .string(message.id.description),
        ]
    }

    /// By HTTP status, with the problem's number as the code (Vonage, "API errors").
    package func interpret(status: Int, body: [UInt8]) -> SendOutcome {
        switch status {
        case 200..<300: return accepted(body)
        // Never followed, because the credentials would go to another host. Nothing was taken, and every message would
        // end the same way: somebody has to look at the channel's address.
        case 301, 302, 307, 308:
            return .refused(
                SendFailure(.haltChannel, code: "redirected", summary: "HTTP \(status): the address of the channel redirects elsewhere."))
        // A gateway that got no usable answer from the real server knows no more than we do.
        case 502, 504: return .unknown(code: "http_\(status)", summary: VonageProblem(body).summary ?? "HTTP \(status)")
        case 400..<600: return .refused(VonageProblem(body).failure(status: status))
        default: return .unknown(code: "http_\(status)", summary: "HTTP \(status) is no answer to a request to send.")
        }
    }

    private func accepted(_ body: [UInt8]) -> SendOutcome {
        guard let id = (try? JSONValue(parsing: body))?["message_uuid"]?.looseText, id.utf8.count <= 255 else {
            return .unknown(code: "unreadable_answer", summary: "The provider said yes, but without a message id that can be read.")
        }
        return .accepted(providerMessageID: id)
    }
}
