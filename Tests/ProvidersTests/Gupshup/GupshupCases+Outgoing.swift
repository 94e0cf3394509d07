import Core
import WhatsApp

extension ProviderCases {
    static let gupshupOutgoing: [OutgoingCase] = gupshupFreeForm + gupshupTemplates + gupshupRefused

    private static let session = "https://api.gupshup.io/wa/api/v1/msg"
    private static let headers = ["apikey": GupshupSample.key, "content-type": "application/x-www-form-urlencoded"]

    /// The fields that every request has, and these.
    private static func form(_ more: [String: String]) -> OutgoingCase.Expected {
        .form(
            [
                "channel": "whatsapp", "source": "37052000000", "destination": "37060000001", "src.name": "MyShop",
            ].merging(more) { $1 })
    }

    private static func free(_ name: String, _ content: OutboundContent, quotes: String? = nil, _ fields: [String: String]) -> OutgoingCase
    {
        OutgoingCase(name, .toOna(content, quotes: quotes), path: session, headers: headers, form(fields))
    }

    private static let gupshupFreeForm: [OutgoingCase] = [
        free(
            "a text", .text(TextMessage("Labas & sveiki, 100 %")),
            ["message": #"{"type":"text","text":"Labas & sveiki, 100 %","previewUrl":false}"#, "disablePreview": "true"]),
        free(
            "a text with a preview", .text(TextMessage("https://shop.example.test/", previewsLinks: true)),
            ["message": #"{"type":"text","text":"https://shop.example.test/","previewUrl":true}"#, "disablePreview": "false"]),
        free(
            "a text that quotes", .text(TextMessage("Yes")), quotes: GupshupSample.waID,
            [
                "message": #"{"type":"text","text":"Yes","previewUrl":false,"context":{"msgId":"\#(GupshupSample.waID)"}}"#,
                "disablePreview": "true",
            ]),
        free(
            "an image", .media(MediaMessage(.image, link: "https://files.example.test/a.jpg", caption: "A")),
            [
                "message": """
                {"type":"image","originalUrl":"https://files.example.test/a.jpg","previewUrl":"https://files.example.test/a.jpg",
                 "caption":"A"}
                """
            ]),
        free(
            "an image without a caption", .media(MediaMessage(.image, link: "https://files.example.test/a.jpg")),
            [
                "message": """
                {"type":"image","originalUrl":"https://files.example.test/a.jpg","previewUrl":"https://files.example.test/a.jpg"}
                """
            ]),
        free(
            "a video", .media(MediaMessage(.video, link: "https://files.example.test/a.mp4", caption: "A")),
            ["message": #"{"type":"video","url":"https://files.example.test/a.mp4","caption":"A"}"#]),
        free(
            "an audio", .media(MediaMessage(.audio, link: "https://files.example.test/a.ogg")),
            ["message": #"{"type":"audio","url":"https://files.example.test/a.ogg"}"#]),
        free(
            "a document", .media(MediaMessage(.document, link: "https://files.example.test/a.pdf", caption: "A", filename: "order.pdf")),
            ["message": #"{"type":"file","url":"https://files.example.test/a.pdf","filename":"order.pdf","caption":"A"}"#]),
        free(
            "a sticker that quotes", .media(MediaMessage(.sticker, link: "https://files.example.test/a.webp")), quotes: "wamid.IN1",
            ["message": #"{"type":"sticker","url":"https://files.example.test/a.webp","context":{"msgId":"wamid.IN1"}}"#]),
        free(
            "a place", .location(Location(latitude: 54.68, longitude: 25.28, name: "Office", address: "Street 1")),
            ["message": #"{"type":"location","longitude":25.28,"latitude":54.68,"name":"Office","address":"Street 1"}"#]),
        free(
            "a bare place", .location(Location(latitude: -54.5, longitude: 0)),
            ["message": #"{"type":"location","longitude":0.0,"latitude":-54.5}"#]),
        free(
            "buttons",
            .buttons(
                ButtonMessage(
                    header: "Order", body: "Keep it?", footer: "Shop",
                    buttons: [ReplyOption(id: "keep", title: "Keep"), ReplyOption(id: "camp:9|stop", title: "Cancel")])),
            [
                "message": """
                {"type":"quick_reply","msgid":"7654321098765432",
                 "content":{"type":"text","header":"Order","text":"Keep it?","caption":"Shop"},
                 "options":[{"type":"text","title":"Keep","postbackText":"keep"},
                            {"type":"text","title":"Cancel","postbackText":"camp:9|stop"}]}
                """
            ]),
        free(
            "buttons with a body alone", .buttons(ButtonMessage(body: "Keep it?", buttons: [ReplyOption(id: "keep", title: "Keep")])),
            [
                "message": """
                {"type":"quick_reply","msgid":"7654321098765432","content":{"type":"text","text":"Keep it?"},
                 "options":[{"type":"text","title":"Keep","postbackText":"keep"}]}
                """
            ]),
        free(
            "a list",
            .list(
                ListMessage(
                    header: "Times", body: "Pick a time", button: "Open",
                    sections: [
                        .init(title: "Today", rows: [ReplyOption(id: "t9", title: "9:00", detail: "Morning")]),
                        .init(title: "Tomorrow", rows: [ReplyOption(id: "m9", title: "9:00"), ReplyOption(id: "m10", title: "10:00")]),
                    ])),
            [
                "message": """
                {"type":"list","title":"Times","body":"Pick a time","msgid":"7654321098765432",
                 "globalButtons":[{"type":"text","title":"Open"}],
                 "items":[{"title":"Today","subtitle":"",
                           "options":[{"type":"text","title":"9:00","description":"Morning","postbackText":"t9"}]},
                          {"title":"Tomorrow","subtitle":"","options":[{"type":"text","title":"9:00","postbackText":"m9"},
                                                                       {"type":"text","title":"10:00","postbackText":"m10"}]}]}
                """
            ]),
        free(
            "a list of one section",
            .list(ListMessage(body: "Pick", button: "Open", sections: [.init(rows: [ReplyOption(id: "t9", title: "9:00")])])),
            [
                "message": """
                {"type":"list","body":"Pick","msgid":"7654321098765432","globalButtons":[{"type":"text","title":"Open"}],
                 "items":[{"subtitle":"","options":[{"type":"text","title":"9:00","postbackText":"t9"}]}]}
                """
            ]),
        free(
            "a reaction", .reaction(emoji: "👍", to: GupshupSample.gsID),
            ["message": #"{"type":"reaction","msgId":"\#(GupshupSample.gsID)","emoji":"👍"}"#]),
        free(
            "a reaction taken back", .reaction(emoji: nil, to: GupshupSample.gsID),
            ["message": #"{"type":"reaction","msgId":"\#(GupshupSample.gsID)","emoji":""}"#]),
        OutgoingCase(
            "another address and app", .toOna(.text(TextMessage("Labas"))),
            over: .gupshup(["app_name": "OtherShop"], at: "http://127.0.0.1:9000/gupshup"), path: "/gupshup/wa/api/v1/msg",
            headers: headers,
            form([
                "src.name": "OtherShop", "message": #"{"type":"text","text":"Labas","previewUrl":false}"#, "disablePreview": "true",
            ])),
    ]
}
