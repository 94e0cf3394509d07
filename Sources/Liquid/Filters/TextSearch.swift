/// Looks for a text in others, in time that is linear in both whatever they hold (Knuth, Morris and Pratt).
struct TextSearch {
    private let wanted: [UInt8]
    /// For each length of a match, how much of it is also a match that began later.
    private let fallbacks: [Int]

    init(_ text: String) {
        wanted = Array(text.utf8)
        var (fallbacks, length) = (Array(repeating: 0, count: wanted.count), 0)
        for index in wanted.indices.dropFirst() {
            while length > 0, wanted[index] != wanted[length] { length = fallbacks[length - 1] }
            if wanted[index] == wanted[length] { length += 1 }
            fallbacks[index] = length
        }
        self.fallbacks = fallbacks
    }

    /// An empty text is in every other.
    func isFound(in text: String) -> Bool { wanted.isEmpty || !places(in: Array(text.utf8), atMost: 1).isEmpty }

    /// The pieces around what was looked for; the text as it is when that is empty.
    func pieces(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        var (pieces, start) = ([String](), 0)
        for place in places(in: bytes, atMost: .max) {
            pieces.append(String(decoding: bytes[start..<place], as: UTF8.self))
            start = place + wanted.count
        }
        return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
    }

    /// Nil when the result would have more bytes than `limit`.
    func replace(in text: String, with other: String, atMost count: Int, limit: Int) -> String? {
        let (bytes, other) = (Array(text.utf8), Array(other.utf8))
        let places = places(in: bytes, atMost: count)
        guard bytes.count + places.count * (other.count - wanted.count) <= limit else { return nil }
        var (result, start) = ([UInt8](), 0)
        for place in places {
            result += bytes[start..<place]
            result += other
            start = place + wanted.count
        }
        return String(decoding: result + bytes[start...], as: UTF8.self)
    }

    /// Where it begins, without overlaps.
    private func places(in bytes: [UInt8], atMost count: Int) -> [Int] {
        var (places, length) = ([Int](), 0)
        guard !wanted.isEmpty else { return places }
        for (index, byte) in bytes.enumerated() {
            while length > 0, byte != wanted[length] { length = fallbacks[length - 1] }
            if byte == wanted[length] { length += 1 }
            guard length == wanted.count else { continue }
            places.append(index + 1 - length)
            length = 0
            if places.count == count { break }
        }
        return places
    }
}
