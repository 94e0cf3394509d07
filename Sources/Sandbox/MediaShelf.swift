import Core
import Crypto

/// What phones sent that an account fetches by an id: the newest thousand.
struct MediaShelf: Sendable {
    struct Item: Hashable, Sendable {
        let account: String
        /// image, video, audio, document, sticker or voice.
        let kind: String
    }

    private var items: [String: Item] = [:]
    private var order = Ring<String>(capacity: 1000)

    subscript(id: String) -> Item? { items[id] }

    mutating func put(_ item: Item, under id: String) {
        items[id] = item
        if let old = order.append(id) { items[old] = nil }
    }
}

/// What every picture, video and so on of the sandbox consists of.
enum MediaSample {
    static func type(of kind: String) -> String {
        switch kind {
        case "video": "video/mp4"
        case "audio", "voice": "audio/ogg; codecs=opus"
        case "document", "file": "application/pdf"
        case "sticker": "image/webp"
        default: "image/png"
        }
    }

    /// A picture of one dot for images; for the rest a line of text, since nothing here plays them.
    static func bytes(of kind: String) -> [UInt8] {
        kind == "image" ? dot : Array("A \(kind) of the sandbox.\n".utf8)
    }

    /// SHA-256 in hexadecimal.
    static func hash(of kind: String) -> String { SHA256.hash(data: bytes(of: kind)).hexadecimal }

    private static let dot =
        Base64.decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==") ?? []
}
