import Core

/// What a campaign's label may look like.
enum CampaignLabel {
    static let forbidden = "\",\\%><!"
    static let rule = "A label is one line of 1 to 60 characters without blanks at its ends and without any of \" , \\ % > < !"

    static func isAllowed(_ text: String) -> Bool {
        (1...60).contains(text.count) && text.first?.isWhitespace == false && text.last?.isWhitespace == false
            && !text.contains(where: { forbidden.contains($0) || $0.isNewline })
            && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }

    /// The labels of an array, sorted and each once.
    static func list(_ input: InputObject, _ key: String, atMost limit: Int) throws(InputError) -> [String] {
        var labels: Set<String> = []
        for item in try input.items(key, atMost: limit) {
            guard let text = item.value.string, isAllowed(text) else {
                throw InputError(code: "invalid_label", field: item.path, rule)
            }
            labels.insert(text)
        }
        return labels.sorted()
    }
}
