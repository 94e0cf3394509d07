import Core
import WhatsApp

private let path = "/v25.0/700000000000001/messages"

private func row(_ name: String, _ content: OutboundContent, quotes: String? = nil) -> OutgoingCase {
    OutgoingCase(name, .toOna(content, quotes: quotes), path: path, .json("request-" + name))
}

private func row(_ name: String, to id: String, _ content: OutboundContent) -> OutgoingCase {
    OutgoingCase(
        name, OutboundMessage(id: .ours, to: .user(.metaUser(id)), content: content), path: path, .json("request-" + name))
}

private let text = OutboundContent.text(TextMessage("Your parcel is here"))
private let keep = ReplyOption(id: "keep", title: "Keep")
private let nine = ReplyOption(id: "t9", title: "9:00", detail: "Morning")

private func refusal(_ name: String, _ content: OutboundContent, code: String = "invalid_content") -> OutgoingCase {
    OutgoingCase(name, .toOna(content), .refused(code: code))
}

extension MetaCases {
    static let outgoing: [OutgoingCase] = freeForm + interactive + templates + addresses

    private static let freeForm: [OutgoingCase] = [
        row("text", text),
        row("text-quote", .text(TextMessage("See https://shop.example.test/o/17", previewsLinks: true)), quotes: "wamid.IN1"),
        row("text-emoji", .text(TextMessage("Ačiū 👍"))),
        row("text-user", to: "LT.90000000000000000001", text),
        row("image", .media(MediaMessage(.image, link: "https://files.example.test/a.jpg", caption: "Look"))),
        row("video", .media(MediaMessage(.video, link: "https://files.example.test/a.mp4"))),
        row("audio", .media(MediaMessage(.audio, link: "https://files.example.test/a.ogg"))),
        row("document", .media(MediaMessage(.document, link: "https://files.example.test/a.pdf", caption: "Invoice", filename: "a.pdf"))),
        row("sticker", .media(MediaMessage(.sticker, link: "https://files.example.test/a.webp"))),
        row("location", .location(Location(latitude: 54.68, longitude: 25.28, name: "Office", address: "Street 1"))),
        row("location-zero", .location(Location(latitude: 0, longitude: -0.5))),
        row(
            "contacts",
            .contacts([
                ContactCard(name: "Ona Petraite", phones: ["+37060000002", "+37060000003"]), ContactCard(name: "Shop", phones: []),
            ])),
        row("reaction", .reaction(emoji: "👍", to: "wamid.IN1")),
        row("reaction-removed", .reaction(emoji: nil, to: "wamid.IN1")),
    ]

    private static let interactive: [OutgoingCase] = [
        row(
            "buttons",
            .buttons(
                ButtonMessage(
                    header: "Order", body: "Keep it?", footer: "Shop", buttons: [keep, ReplyOption(id: "cancel", title: "Cancel")]))),
        row("buttons-bare", .buttons(ButtonMessage(body: "Keep it?", buttons: [keep])), quotes: "wamid.IN1"),
        row("list", .list(ListMessage(body: "Pick a time", button: "Times", sections: [.init(rows: [nine])]))),
        row(
            "list-sections",
            .list(
                ListMessage(
                    header: "Delivery", body: "Pick a time", footer: "Shop", button: "Times",
                    sections: [
                        .init(title: "Today", rows: [nine]),
                        .init(title: "Tomorrow", rows: [ReplyOption(id: "u9", title: "9:00"), ReplyOption(id: "u17", title: "17:00")]),
                    ]))),
    ]

    private static let addresses: [OutgoingCase] = [
        OutgoingCase(
            "the token is in the header", .toOna(text), path: path,
            headers: ["authorization": "Bearer EAAGexampletoken0001", "content-type": "application/json"], .json("request-text")),
        OutgoingCase(
            "another version", .toOna(text), over: .meta(["api_version": "v26.1"]), path: "/v26.1/700000000000001/messages",
            .json("request-text")),
        OutgoingCase(
            "an address of the channel's own", .toOna(text), over: .meta([:], baseURL: "http://127.0.0.1:8090/sandbox"),
            path: "http://127.0.0.1:8090/sandbox/v25.0/700000000000001/messages", .json("request-text")),
        OutgoingCase("no token", .toOna(text), over: .meta(["access_token": nil]), .refused(code: "no_credentials")),
        OutgoingCase("no number id", .toOna(text), over: .meta(["phone_number_id": nil]), .refused(code: "no_credentials")),
    ]

    static let refused: [OutgoingCase] = [
        refusal("a text of 4,097 characters", .text(TextMessage(String(repeating: "a", count: 4097)))),
        refusal("an empty text", .text(TextMessage(""))),
        refusal("a caption on audio", .media(MediaMessage(.audio, link: "https://files.example.test/a.ogg", caption: "Listen"))),
        refusal("a caption on a sticker", .media(MediaMessage(.sticker, link: "https://files.example.test/a.webp", caption: "Ha"))),
        refusal("a file without an address", .media(MediaMessage(.image, link: "a.jpg"))),
        refusal("a place beyond the pole", .location(Location(latitude: 91, longitude: 0))),
        refusal(
            "four buttons",
            .buttons(ButtonMessage(body: "Keep?", buttons: (1...4).map { ReplyOption(id: "b\($0)", title: "B\($0)") }))),
        refusal(
            "eleven rows",
            .list(
                ListMessage(
                    body: "Pick", button: "Times", sections: [.init(rows: (1...11).map { ReplyOption(id: "r\($0)", title: "R\($0)") })]))),
        refusal("a value too few", .template("shop:order_ready", "lt", ["body": "Hello {{1}}, {{2}} is here."], ["Ona"])),
        refusal("an empty value", .template("shop:order_ready", "lt", ["body": "Hello {{1}}, it is here."], [""])),
        refusal(
            "a header that is no place", .template("shop:order_ready", "lt", ["header": ["type": "location"], "body": "Come."], ["Office"])),
        refusal(
            "a header without a link", .template("shop:order_ready", "lt", ["header": ["type": "image"], "body": "Come."], ["h.jpg"])),
        refusal("two emoji and more", .reaction(emoji: "👍👍👍", to: "wamid.IN1")),
    ]
}
