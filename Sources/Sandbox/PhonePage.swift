import Core

/// What the page's templates show. Plain stored properties, for the renderer reads them by reflection.
struct PhonePage: Sendable {
    var title: String
    var counts: [Count]
    var search: String
    var isSearch: Bool
    var phones: [Card]
    var isEmpty: Bool
    /// Where the script gets the newer state of the same page from.
    var fragment: String
    /// True on the page of one phone.
    var isSingle: Bool

    struct Count: Sendable {
        var label: String
        var value: String
    }

    struct Card: Sendable {
        var number: String
        var name: String
        var initial: String
        /// Whose wire the newest message took.
        var vendor: String
        var bubbles: [Bubble]
        /// True when the card shows only the end of the chat.
        var hasMore: Bool
        /// Says to the reply form where to return to.
        var isSingle: Bool
        var search: String
    }

    struct Bubble: Sendable {
        var isReply: Bool
        var text: String?
        var template: Template?
        /// What the text does not say: a button, a picture, a quotation.
        var note: String?
        var stage: String?
        var stageClass: String?
        var time: String
        var machineTime: String
    }

    struct Template: Sendable {
        var name: String
        var locale: String
        var parameters: [Parameter]
    }

    struct Parameter: Sendable {
        var place: Int
        var value: String
    }
}

extension PhonePage.Bubble {
    init(_ bubble: PhoneBook.Bubble) {
        let message = bubble.message
        isReply = message.direction == .fromPhone
        text = bubble.content?.text
        let notes = [Self.note(bubble.content), message.quoted == nil ? nil : "in reply to a message"].compactMap { $0 }
        note = notes.isEmpty ? nil : notes.joined(separator: ", ").capitalizedFirst
        if !isReply { (stage, stageClass) = (Self.label(bubble.stage), bubble.stage.rawValue) }
        machineTime = message.at.iso8601()
        time = String(machineTime.dropFirst(11).prefix(8))
        guard case .template(let name, let locale, let parameters) = bubble.content else { return }
        let shown = parameters.enumerated().map { PhonePage.Parameter(place: $0.offset + 1, value: $0.element) }
        template = PhonePage.Template(name: name, locale: locale, parameters: shown)
    }

    private static func note(_ content: Content?) -> String? {
        switch content {
        case nil: "The text of this message is no longer kept."
        case .button: "Button tapped"
        case .media(let kind, _, _): kind.capitalizedFirst
        case .custom(let kind, _): "Custom message: \(kind)"
        case .list: "Chosen from a list"
        case .location: "Location"
        case .reaction(let emoji): emoji.isEmpty ? "Reaction taken back" : "Reaction"
        case .contact: "Contact card"
        case .unsupported: "A kind of message that is not passed on"
        case .interactive(let kind, _): "Interactive message: \(kind)"
        case .text, .template: nil
        }
    }

    private static func label(_ stage: Stage) -> String {
        switch stage {
        case .accepted: "Accepted"
        case .submitted: "Sent"
        case .delivered: "Delivered"
        case .read: "Read"
        case .failed: "Failed"
        case .said: ""
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
