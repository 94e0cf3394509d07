import Core

extension MessageVariants {
    static let keys = ["variants", "mode", "test"]
    private enum ModeWord: String, CaseIterable { case split, winner }

    /// Reads `{variants: [{name?, template, language?, variables?, percent?}], mode?, test?}`.
    init(_ input: InputObject, type: CampaignType) throws(InputError) {
        let mode = try input.word("mode", default: ModeWord.split)
        let items = try input.items("variants", atMost: 3)
        guard items.count >= 2 else { throw input.error("variants", "There are two or three variants.") }
        var readers: [InputObject] = []
        for item in items {
            let keys = ["name"] + TemplateChoice.keys + ["percent"]
            readers.append(try InputObject(item.value, path: item.path, code: "invalid_campaign", keys: keys))
        }
        variants = []
        let percents = try Self.percents(readers, mode, input)
        for (index, reader) in readers.enumerated() { variants.append(try Variant(reader, index, percent: percents[index])) }
        guard Set(variants.map(\.name)).count == variants.count else {
            throw input.error("variants", "Every variant needs a name of its own.")
        }
        self.mode = mode == .split ? .split : .winner(try WinnerTest(input, type: type))
        guard mode == .winner || input["test"] == nil else { throw input.error("test", #"A test belongs to "mode": "winner"."#) }
    }

    var members: [String: JSONValue] {
        var items: [JSONValue] = []
        for variant in variants { items.append(.object(variant.members(withPercent: mode == .split))) }
        guard case .winner(let test) = mode else { return ["variants": .array(items), "mode": "split"] }
        return ["variants": .array(items), "mode": "winner", "test": test.json]
    }

    /// As given, or as equal as whole numbers can be.
    private static func percents(_ readers: [InputObject], _ mode: ModeWord, _ input: InputObject) throws(InputError) -> [Int] {
        let count = readers.count
        guard readers.contains(where: { $0["percent"] != nil }) else {
            return (0..<count).map { 100 / count + ($0 < 100 % count ? 1 : 0) }
        }
        var percents: [Int] = []
        for reader in readers {
            guard mode == .split else {
                throw reader.error("percent", "A test goes to equal parts; percent belongs to \"mode\": \"split\".")
            }
            percents.append(try reader.whole("percent", in: 1...99))
        }
        guard percents.reduce(0, +) == 100 else { throw input.error("variants", "The percentages of the variants must make 100.") }
        return percents
    }
}

extension MessageVariants.Variant {
    fileprivate init(_ input: InputObject, _ index: Int, percent: Int) throws(InputError) {
        name = try input.lineIfPresent("name", limit: 40) ?? ["A", "B", "C"][index]
        choice = try TemplateChoice(input)
        self.percent = percent
    }

    fileprivate func members(withPercent: Bool) -> [String: JSONValue] {
        var members = choice.members
        members["name"] = .string(name)
        if withPercent { members["percent"] = .int(Int64(percent)) }
        return members
    }
}

extension WinnerTest {
    fileprivate init(_ what: InputObject, type: CampaignType) throws(InputError) {
        let input = try what.object("test", keys: ["percent", "messages", "minutes"])
        let percent = try input.wholeIfPresent("percent", in: 1...99)
        let messages = try input.wholeIfPresent("messages", in: 2...1_000_000)
        switch (percent, messages) {
        case (let percent?, nil) where !type.isLive: size = .percent(percent)
        case (nil, let messages?): size = .messages(messages)
        default:
            throw input.error(
                type.isLive ? "messages" : "percent",
                type.isLive ? "The test of a live campaign has a number of messages." : "A test has either percent or messages.")
        }
        minutes = try type.isLive ? input.wholeIfPresent("minutes", in: 1...43_200) ?? 60 : input.whole("minutes", in: 1...43_200)
    }

    fileprivate var json: JSONValue {
        switch size {
        case .percent(let number): ["percent": .int(Int64(number)), "minutes": .int(Int64(minutes))]
        case .messages(let number): ["messages": .int(Int64(number)), "minutes": .int(Int64(minutes))]
        }
    }
}
