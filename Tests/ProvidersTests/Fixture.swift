import Core
import CoreTesting
import WhatsApp

extension PhoneNumber {
    static let office = known("37052000000")
    static let ona = known("37060000001")

    private static func known(_ digits: String) -> PhoneNumber {
        guard let number = PhoneNumber(digits: digits) else { preconditionFailure("\(digits) is no number") }
        return number
    }
}

extension MessageID {
    /// The reference in all payload files.
    static let ours = MessageID(rawValue: 7_654_321_098_765_432)
}

extension OutboundMessage {
    /// To Ona, under the reference of the payload files.
    static func toOna(_ content: OutboundContent, quotes: String? = nil) -> OutboundMessage {
        OutboundMessage(id: .ours, to: .phone(.ona), content: content, quotes: quotes)
    }
}

extension OutboundContent {
    /// A template given as `TemplateContent` reads it.
    static func template(
        _ name: String, _ language: String = "lt", _ json: JSONValue, _ values: [String] = [], providerID: String? = nil
    ) -> OutboundContent {
        do {
            return .template(
                TemplateMessage(
                    name: try TemplateName(name), language: language, content: try TemplateContent(json: json), values: values,
                    providerID: providerID))
        } catch {
            preconditionFailure("\(name): \(error)")
        }
    }
}

extension SeededGenerator {
    /// `bytes` with one to three small accidents: a byte changed, dropped, doubled or put in, a piece cut off or repeated.
    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...3, using: &self) where !result.isEmpty {
            let at = Int.random(in: 0..<result.count, using: &self)
            switch Int.random(in: 0..<7, using: &self) {
            case 0: result[at] = UInt8.random(in: 0...255, using: &self)
            case 1: result[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 2: result.remove(at: at)
            case 3: result.insert(result[at], at: at)
            case 4: result.insert(UInt8(ascii: Self.signs.randomElement(using: &self) ?? "0"), at: at)
            case 5: result.removeSubrange(at...)
            default: result += result[at...].prefix(64)
            }
        }
        return result
    }

    private static let signs: [Unicode.Scalar] = ["{", "}", "[", "]", "\"", ",", ":", "\\", "0", "9", "-", "e", " ", "."]
}
