import Core
import WhatsApp

extension GenericCases {
    private static func file(_ name: String, _ type: String, _ filename: String? = nil) -> InboundMedia {
        InboundMedia(.link("https://hook.example.test/media/" + name), type: type, filename: filename)
    }

    private static func inbound(
        _ fixture: String, _ id: String, _ kind: String, text: String? = nil, choice: String? = nil, media: InboundMedia? = nil,
        quoted: String? = nil, name: String? = nil
    ) -> IncomingCase {
        let message = InboundMessage(
            providerMessageID: id, from: WhatsAppPerson(phone: .ona, name: name), occurredAt: ten, kind: kind, text: text, choice: choice,
            media: media, payload: .null, quotedProviderMessageID: quoted)
        return IncomingCase("inbound-" + fixture, .inbound, .events([.inbound(message)]))
    }

    /// The ids were worked out with another program: SHA-256 over the parts as a JSON array.
    static let inbound: [IncomingCase] = [
        inbound(
            "text", "e16ee929cb5571d27c52a42004e625ac60e742f36e4382f0244533467dce2756", "text", text: "Labas, kur siuntinys? 🙂"),
        inbound(
            "plain-text", "d33d4c536eb612748eac5133541f5958122f110555f34171e2eaf13730e58e8b", "text", text: "Labas"),
        inbound(
            "reply", "eb92953a48bf03f01337ddb62d0a2aa684c81353673123ad07da90420456bd52", "text", text: "Taip", quoted: id),
        inbound(
            "null-context", "eb92953a48bf03f01337ddb62d0a2aa684c81353673123ad07da90420456bd52", "text", text: "Taip"),
        inbound(
            "numbers", "38ad6ca99567e82fb8fe2ef3201535bffc353dba9267793e9bd852c285702b56", "text", text: "Labas"),
        inbound(
            "capitals", "b1a25eee11dcd2997a6cded0fe088141292c3e5654a881d83b84f9bad26c5cc0", "text", text: "Labas"),
        inbound(
            "image", "22c87a04e16900183b154b879a464d64b5ea11bb446bc0d563934b693933124f", "image", text: "Dėžutė",
            media: file("1.jpg", "image/jpeg")),
        inbound(
            "video", "f092951c031086c74557919152455cd7bcbe8bf899f5e766febd029a671d7d2f", "video", media: file("2.mp4", "video/mp4")),
        inbound(
            "audio", "97517761aa13b968aa253f8d4542d0d2ed183cf1b55398d46285f5c6f6d57315", "audio", media: file("3.ogg", "audio/ogg")),
        inbound(
            "file", "d07a269e7aecba8364f6ba4bc366b55685b711bb93591fa984b7d2a12c4a23d8", "document",
            media: file("4.pdf", "application/pdf", "saskaita.pdf")),
        inbound(
            "location", "d441a86516f76aa2122ce7c2e27591a52b125532b53348d78e5a7d94751cf7d6", "location"),
        inbound(
            "button", "842e847167bb52a24d3f2a2b048af6a8d258e3ded74b2faa0bded561871707d6", "button", text: "Stop", choice: "camp:9|stop"),
        inbound(
            "new-kind", "09544c26adbfe2c6ce8e33ba3ede20d1e7a0e4347f0df655377506b72d6a0abb", "poll", text: "Which?"),
        inbound(
            "no-object", "00711516da5019233b2ccc7418ea60d2c6d0f86f659d6a61878dbf39b76905d4", "image"),
        inbound(
            "nul", "c53775e6777501a04feac86bfdce6984da5b5636f81e39d2bbf45c50ed1fc3a5", "text", text: "Labas"),
        inbound(
            "plus", "7e4d9168d29e5d97683530748e82fc66de04730f68a9da35a8325f9ff21efcae", "text", text: "Labas", name: "Ona"),
        inbound("with-id", "abc-1", "text", text: "Taip"),
        inbound("with-msg-id", "abc-2", "text", text: "Taip"),
    ]

    /// For others, or not to be understood.
    static let otherInbound: [IncomingCase] =
        [IncomingCase("inbound-other-number", .inbound, .events([]))]
        + ["no-from", "bad-from", "no-time", "no-type", "long-id"].map { IncomingCase("inbound-" + $0, .inbound, .unreadable) }
}
