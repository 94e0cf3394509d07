import Core

/// One thing that a vendor tells an account.
enum Notice: Sendable {
    case status(Status)
    case inbound(Inbound)
    case template(TemplateChange)

    /// How far a message came.
    struct Status: Sendable {
        let message: Message
        let kind: Journey.Step.Kind
        let at: Timestamp
        /// Only where `kind` is `failed`.
        var failure: Failure?
        var isUnderOtherID = false

        /// The id to report it under.
        var id: MessageUUID { isUnderOtherID ? message.id.stranger : message.id }
    }

    /// A message from a phone.
    struct Inbound: Sendable {
        let message: Message
        let content: Content
        /// Whether the callback says what the message is called, with a vendor that often does not.
        var hasID = false
    }

    /// A template that changed its status.
    struct TemplateChange: Sendable {
        let account: String
        let template: Template
        /// The status, or news such as REINSTATED.
        let event: String
        let reason: String?
        let at: Timestamp
        let generation: Int
    }

    var message: Message? {
        switch self {
        case .status(let status): status.message
        case .inbound(let inbound): inbound.message
        case .template: nil
        }
    }

    /// The key of the account it is for.
    var account: String {
        switch self {
        case .status(let status): status.message.account
        case .inbound(let inbound): inbound.message.account
        case .template(let change): change.account
        }
    }

    /// How often the sandbox had been reset when it came about.
    var generation: Int {
        switch self {
        case .status(let status): status.message.generation
        case .inbound(let inbound): inbound.message.generation
        case .template(let change): change.generation
        }
    }

    var isInbound: Bool { if case .inbound = self { true } else { false } }
}

/// Phones have owners; the name follows from the number, so that it is always the same.
enum PersonName {
    private static let names = [
        "Amara", "Bilal", "Chiara", "Diego", "Elif", "Farid", "Greta", "Hana", "Ilya", "Jonas", "Keiko", "Leila", "Mateo",
        "Noor", "Ona", "Priya", "Quentin", "Rosa", "Sanjay", "Tomasz", "Uma", "Viktor", "Wanjiru", "Ximena", "Yusuf", "Zoë",
    ]

    static func of(_ phone: String) -> String {
        names[phone.utf8.reduce(7) { ($0 * 31 + Int($1)) % 9973 } % names.count]
    }
}
