import Core

/// A place in a template that each message fills with a value of its own. In order: the body's variables, the header, the
/// buttons.
package enum TemplateSlot: Hashable, Comparable, Sendable {
    /// A variable of the body, from 1.
    case body(Int)
    /// The variable of a text header, the link of a media header, the place of a location header.
    case header
    /// The suffix of an address, or the code to copy, of the button at this index, from 0.
    case button(Int)

    /// The name by which a campaign fills it: `1`, `header`, `button_0`.
    package var key: String {
        switch self {
        case .body(let number): String(number)
        case .header: "header"
        case .button(let index): "button_\(index)"
        }
    }

    package init?(key: String) {
        if key == "header" { self = .header; return }
        if key.hasPrefix("button_"), let index = Int(key.dropFirst(7)), (0...9).contains(index), key == "button_\(index)" {
            self = .button(index)
            return
        }
        guard let number = Int(key), (1...99).contains(number), String(number) == key else { return nil }
        self = .body(number)
    }
}

extension TemplateContent {
    /// All places to fill, the body's variables first: the order in which a message keeps its values.
    package var slots: [TemplateSlot] {
        let body = (1..<(body.variableCount + 1)).map(TemplateSlot.body)
        let filled = buttons.indices.filter { buttons[$0].isFilled }.map(TemplateSlot.button)
        return body + (header.map(\.isFilled) == true ? [.header] : []) + filled
    }
}

extension TemplateHeader {
    package var isFilled: Bool { if case .text(let text) = self { text.variableCount > 0 } else { true } }
}

extension TemplateMessage {
    /// The values of the body's variables, in order.
    package var bodyValues: [String] { Array(values.prefix(content.body.variableCount)) }

    /// What fills the header; nil when nothing does.
    package var headerValue: String? { value(of: .header) }

    /// What fills the button at this index; nil when nothing does.
    package func buttonValue(_ index: Int) -> String? { value(of: .button(index)) }

    private func value(of slot: TemplateSlot) -> String? {
        content.slots.firstIndex(of: slot).flatMap { values.indices.contains($0) ? values[$0] : nil }
    }
}

extension Location {
    /// Reads what fills a location header: `54.68,25.28`, maybe followed by `;name` and `;address`.
    package init?(headerValue text: String) {
        let parts = text.split(separator: ";", maxSplits: 2, omittingEmptySubsequences: false)
        let degrees = (parts.first ?? "").split(separator: ",", omittingEmptySubsequences: false).map { part in
            Double(String(part.filter { $0 != " " }))
        }
        guard degrees.count == 2, let latitude = degrees[0], let longitude = degrees[1],
            (-90...90).contains(latitude), (-180...180).contains(longitude)
        else { return nil }
        self.init(
            latitude: latitude, longitude: longitude, name: parts.count > 1 ? String(parts[1]) : nil,
            address: parts.count > 2 ? String(parts[2]) : nil)
    }
}
