/// What WhatsApp itself takes, whoever carries it (Meta, "Messages"; the figures of `providers.md` 2.1). Providers check a
/// message with it before they write a request, so that what can never arrive is refused with a reason.
package enum ContentRules {
    /// - Throws: `SendFailure` to reject, code `invalid_content`, with the rule as its summary.
    package static func check(_ content: OutboundContent) throws(SendFailure) {
        switch content {
        case .template(let template): try check(template)
        case .text(let text): try require((1...4096).contains(text.body.count), "A text has 1 to 4,096 characters.")
        case .media(let media): try check(media)
        case .location(let place):
            try require(
                (-90...90).contains(place.latitude) && (-180...180).contains(place.longitude),
                "A place has degrees from -90 to 90 and -180 to 180.")
        case .contacts(let cards):
            try require((1...50).contains(cards.count) && cards.allSatisfy { !$0.name.isEmpty }, "Contacts are 1 to 50 cards with a name.")
        case .buttons(let message): try check(message)
        case .list(let message): try check(message)
        case .reaction(let emoji, let target):
            try require(!target.isEmpty && emoji.map { (1...2).contains($0.count) } != false, "A reaction is one emoji to one message.")
        }
    }

    private static func check(_ template: TemplateMessage) throws(SendFailure) {
        let slots = template.content.slots
        try require(
            slots.count == template.values.count, "The template takes \(slots.count) values, the message has \(template.values.count).")
        try require(template.values.allSatisfy { !$0.isEmpty }, "No value of a template is empty.")
        if case .media = template.content.header {
            try require(template.headerValue.map(isLink) == true, "The header is filled with a public https address.")
        }
        if case .location = template.content.header {
            try require(
                template.headerValue.flatMap(Location.init(headerValue:)) != nil,
                "The header is filled with latitude,longitude;name;address.")
        }
        for (index, button) in template.content.buttons.enumerated() {
            guard case .copyCode = button else { continue }
            try require((template.buttonValue(index)?.count ?? 0) <= 15, "A code to copy has at most 15 characters.")
        }
        let length = template.content.body.filled(with: template.bodyValues).count
        try require(length <= 1024, "The filled body has \(length) characters, more than 1,024.")
    }

    private static func check(_ media: MediaMessage) throws(SendFailure) {
        try require(isLink(media.link), "A file is given as a public https address of at most 2,000 characters.")
        let takesCaption = media.kind != .audio && media.kind != .sticker
        try require(media.caption == nil || takesCaption && media.caption?.isEmpty == false, "Audio and stickers have no caption.")
        try require((media.caption?.count ?? 0) <= 1024, "A caption has at most 1,024 characters.")
        try require(media.filename == nil || media.kind == .document, "Only a document has a file name.")
    }

    private static func check(_ message: ButtonMessage) throws(SendFailure) {
        try checkFrame(message.header, message.body, message.footer)
        try require((1...3).contains(message.buttons.count), "There are 1 to 3 reply buttons.")
        try check(message.buttons, titleLimit: 20)
    }

    private static func check(_ message: ListMessage) throws(SendFailure) {
        try checkFrame(message.header, message.body, message.footer)
        try require((1...20).contains(message.button.count), "The list's button has 1 to 20 characters.")
        let rows = message.sections.flatMap(\.rows)
        try require((1...10).contains(rows.count), "A list has 1 to 10 rows in all.")
        try require(
            message.sections.count == 1 || message.sections.allSatisfy { (1...24).contains($0.title?.count ?? 0) },
            "Each of several sections has a title of 1 to 24 characters.")
        try check(rows, titleLimit: 24)
    }

    private static func checkFrame(_ header: String?, _ body: String, _ footer: String?) throws(SendFailure) {
        try require((1...1024).contains(body.count), "The body has 1 to 1,024 characters.")
        for part in [header, footer].compactMap({ $0 }) {
            try require((1...60).contains(part.count), "Header and footer have 1 to 60 characters.")
        }
    }

    private static func check(_ options: [ReplyOption], titleLimit: Int) throws(SendFailure) {
        try require(Set(options.map(\.id)).count == options.count, "Each choice has an id of its own.")
        for option in options {
            try require((1...titleLimit).contains(option.title.count), "The title of a choice has 1 to \(titleLimit) characters.")
            try require((1...256).contains(option.id.utf8.count), "The id of a choice has 1 to 256 characters.")
            try require((option.detail?.count ?? 0) <= 72, "The description of a choice has at most 72 characters.")
        }
    }

    private static func isLink(_ text: String) -> Bool {
        (text.hasPrefix("https://") || text.hasPrefix("http://")) && (10...2000).contains(text.count)
            && !text.unicodeScalars.contains { $0.value <= 0x20 }
    }

    private static func require(_ holds: Bool, _ rule: String) throws(SendFailure) {
        guard holds else { throw SendFailure(.reject, code: "invalid_content", summary: rule) }
    }
}
