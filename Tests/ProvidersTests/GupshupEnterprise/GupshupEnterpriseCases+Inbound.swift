import Core
import WhatsApp

extension GupshupEnterpriseCases {
    private static func event(
        _ id: String, _ kind: String, text: String? = nil, choice: String? = nil, media: InboundMedia? = nil, quoted: String? = nil
    ) -> WebhookEvent {
        .inbound(
            InboundMessage(
                providerMessageID: id, from: WhatsAppPerson(phone: .ona, name: "Ona"), occurredAt: ten, kind: kind, text: text,
                choice: choice, media: media, payload: .null, quotedProviderMessageID: quoted))
    }

    private static func file(_ name: String, _ type: String, _ filename: String? = nil) -> InboundMedia {
        InboundMedia(.link("https://filemanager.gupshup.io/fm/wamedia/2000000001/" + name), type: type, filename: filename)
    }

    private static func inbound(
        _ fixture: String, _ id: String, _ kind: String, text: String? = nil, choice: String? = nil, media: InboundMedia? = nil
    ) -> IncomingCase {
        IncomingCase("inbound-" + fixture, .inbound, .events([event(id, kind, text: text, choice: choice, media: media)]))
    }

    /// The ids were worked out with another program: SHA-256 over the parts as a JSON array.
    static let inbound: [IncomingCase] = [
        inbound(
            "text", "95092092403904a37c26f2d777d1937ec6f7075d5d696ebabdb08112d5e4ecf5", "text", text: "Labas, kur mano siuntinys? 🙂"),
        inbound(
            "text-json", "61fb682edb863c3c375e9ef2014f6da6ec9610795b7816f0a92dd5614cf4be65", "text", text: "Labas"),
        inbound(
            "text-no-type", "a739cac93693f231edc3c5f54020476ce94f2730aacea6798da8d991a9d06f69", "text", text: "Labas"),
        inbound(
            "numbers-json", "5891682aface3b3dfc403ee4be30d80a7f812b2ce1828a2a5ce58b7fb85760e0", "text", text: "Labas"),
        inbound(
            "plus", "44a3501a50c5217b602fc5419499f60aa570a1236f50b2b53f44b39c616ba0f0", "text", text: "Labas"),
        inbound(
            "image", "279d26e8a8342a829fcc881b4d6f39c7755bebfc1991fd04adbbb5bad351df0a", "image", text: "Mano dėžutė",
            media: file("a1b2?sig=c3d4&exp=1793700000", "image/jpeg")),
        inbound(
            "image-json", "9ffa1eb68d6707e51602cae9918e34b6f1b0da358445b2bddd4b4f51ef67fb60", "image",
            media: file("a1b2?sig=c3d4", "image/jpeg")),
        inbound(
            "video", "823fb2811cbf0eba5ea4b98d0321ba7cd5cbe7fa43e10b5b7b971e084712348c", "video", media: file("v1", "video/mp4")),
        inbound(
            "voice", "01711b55e7609b9b95dd404e05d8f1574010f0356fc3af802a4bb2a3753d74d9", "audio",
            media: file("o1?s=1", "audio/ogg; codecs=opus")),
        inbound(
            "document", "d47801e3afc684890b6881b5862b58e9696d646bfe135ed77df467cec098be27", "document", text: "Sąskaita",
            media: file("d1?s=2", "application/pdf", "saskaita.pdf")),
        inbound(
            "sticker", "8a86db6050005dab533e791d7ea0cc77ae88e6a90d54e83223725c8be3fbd90e", "sticker", media: file("s1", "image/webp")),
        inbound(
            "location", "2e9800b58758bbf5f4cadf08c379ee13d9421be163413bba92da02c13868f073", "location"),
        inbound(
            "button", "b601f41b43cbd33a154709f077419a6b04d83805cd39d720150367ab8e1e7f7d", "button", text: "Stop", choice: "camp:9|stop"),
        inbound(
            "button-reply", "ffedf8c614f23f12ca7041d9d2916ebcb096dd135694370b5f52ed8601ef25f7", "reply", text: "Keep", choice: "keep"),
        inbound(
            "list-reply", "715124b88dca40b84012e48c841f91443b2c40b0dd5e4444c4ea4d4e1b87661a", "reply", text: "9:00", choice: "t9"),
        inbound(
            "flow", "4a85ab3baa404c3d631550ac0c4f81bee08a3e662b0c2b727435cc68a774882b", "interactive"),
        inbound(
            "contacts", "c90ce7acf4f8e343c04d67870e6970a97ef17c70949bd9398e9ea704bd5ea05a", "contacts"),
        inbound(
            "reaction", "3f65ced79be237784f325044b8215e7d296b47a4a1c8d0f43dcd96891be5a895", "reaction", text: "👍"),
        inbound(
            "new-kind", "cf98262b810d29a080e7317fa55e4a0957383850866107489a5ade5800c2615d", "poll"),
        inbound(
            "broken-content", "133b71f573fcc466d41f8894a5d3b0c7da3fa9d28d5e9423348a9626be496e93", "image"),
        inbound(
            "nul", "d9a8bd829deadd3ef147089ad21a5737047128cb9956ff201eb96f3ea369e537", "text", text: "Labas"),
        IncomingCase(
            "inbound-with-ids", .inbound, .events([event("ABGGFlA5Fpa-1001", "text", text: "Taip", quoted: id)])),
        IncomingCase(
            "inbound-batch", .inbound,
            .events([
                event("m1", "text", text: "Vienas"), .unreadable("It is neither a delivery report nor a message."),
                event("m2", "text", text: "Du"),
            ])),
    ]

    /// For others, or not to be understood.
    static let otherInbound: [IncomingCase] =
        [IncomingCase("inbound-other-number", .inbound, .events([]))]
        + ["no-mobile", "bad-mobile", "no-time", "no-type", "long-id"].map { IncomingCase("inbound-" + $0, .inbound, .unreadable) }
}
