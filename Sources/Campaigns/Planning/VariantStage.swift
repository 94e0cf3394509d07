import Core

/// How far the test between a campaign's variants has come.
enum VariantStage: Hashable, Sendable {
    /// By the percentages; also where there is nothing to choose.
    case split
    /// In equal parts, by turns.
    case test
    /// The variant that won.
    case winner(String)

    /// Which of the variants somebody gets.
    /// - Parameter number: how many have had one before.
    func place(in test: MessageVariants, for person: ProfileID, number: Int, campaign: CampaignID) -> Int {
        switch self {
        case .split: Self.drawn(test, StableDraw(salt: "variant:\(campaign)").part(of: 100, for: person))
        case .test: number % test.variants.count
        case .winner(let name): test.variants.firstIndex { $0.name == name } ?? 0
        }
    }

    /// - Parameter draw: 0 to 99.
    private static func drawn(_ test: MessageVariants, _ draw: Int) -> Int {
        var bound = 0
        for (place, variant) in test.variants.enumerated() {
            bound += variant.percent
            if draw < bound { return place }
        }
        return test.variants.count - 1
    }
}

extension MessageVariants {
    /// The name of the variant that was viewed most by those who got it; of equals, and when nobody viewed any, the first.
    /// - Parameter views: views and messages sent, by the variant's name.
    func winner(_ views: [String: (viewed: Int, sent: Int)]) -> String {
        let rates = variants.map { variant in
            let numbers = views[variant.name] ?? (0, 0)
            return numbers.sent > 0 ? Double(numbers.viewed) / Double(numbers.sent) : 0
        }
        let best = rates.indices.max { (rates[$0], $1) < (rates[$1], $0) } ?? 0
        return variants[best].name
    }
}
