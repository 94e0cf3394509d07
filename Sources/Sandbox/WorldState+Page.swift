import Core

extension WorldState {
    /// The newest 24 phones, or those that begin or end with the digits looked for, with the end of their chats.
    func overview(search: String) -> PhonePage {
        let digits = search.filter { $0.isASCII && ($0.isNumber || $0.isLetter || $0 == ".") }
        let numbers = phones.newest(24, matching: digits)
        let cards = numbers.map { card($0, limit: 4, isSingle: false, search: digits) }
        return PhonePage(
            title: "Phones", counts: counts, search: digits, isSearch: !digits.isEmpty, phones: cards, isEmpty: cards.isEmpty,
            fragment: "/phones?search=\(digits)", isSingle: false)
    }

    /// One phone with up to 200 messages; nil when there is no such phone.
    func page(of number: String) -> PhonePage? {
        let card = card(number, limit: 200, isSingle: true, search: "")
        guard !card.bubbles.isEmpty else { return nil }
        return PhonePage(
            title: "\(card.name), \(number)", counts: counts, search: "", isSearch: false, phones: [card], isEmpty: false,
            fragment: "/phones/\(number)?fragment=yes", isSingle: true)
    }

    private func card(_ number: String, limit: Int, isSingle: Bool, search: String) -> PhonePage.Card {
        let chat = phones.chat(with: number, limit: limit + 1)
        let name = PersonName.of(number)
        return PhonePage.Card(
            number: number, name: name, initial: String(name.prefix(1)), vendor: chat.first?.message.vendor.label ?? "",
            bubbles: chat.prefix(limit).reversed().map(PhonePage.Bubble.init), hasMore: chat.count > limit && !isSingle,
            isSingle: isSingle, search: search)
    }

    private var counts: [PhonePage.Count] {
        let tally = phones.tally
        return [
            ("Requests", log.count), ("Accepted", log.accepted), ("Phones", phones.count), ("Delivered", tally.delivered),
            ("Read", tally.read), ("Failed", tally.failed), ("Replies", tally.replies), ("Callbacks open", callbacks.open),
        ].map { PhonePage.Count(label: $0.0, value: Self.grouped($0.1)) }
    }

    /// `1 234 567`, with narrow no-break spaces.
    private static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index) % 3 == 0 { text += "\u{202F}" }
            text.append(digits[index])
        }
    }
}
