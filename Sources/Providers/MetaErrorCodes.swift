import WhatsApp

/// The six-digit codes with which Meta explains why WhatsApp did not take or deliver a message. Other vendors pass them
/// on inside their own errors. From Meta's list of Cloud API error codes; each disposition is the class that
/// `SendFailure.Disposition` describes.
enum MetaErrorCodes {
    /// Nil for a code that is not known to say more than "no".
    static func disposition(of code: Int) -> SendFailure.Disposition? { dispositions[code] }

    /// The first six-digit number of a text that is one of these codes.
    static func first(in text: String) -> Int? {
        text.split { !("0"..."9").contains($0) }.lazy.filter { $0.utf8.count == 6 }.compactMap { Int($0) }
            .first { dispositions[$0] != nil }
    }

    private static let dispositions: [Int: SendFailure.Disposition] = {
        let classes: [SendFailure.Disposition: [Int]] = [
            .retry: [131_000, 131_014, 131_016, 131_052, 131_053, 133_016, 135_000],
            .slowChannel: [130_429, 131_057],
            .delayRecipient: [131_056],
            .reject: [
                130_472, 131_008, 131_009, 131_021, 131_026, 131_030, 131_047, 131_049, 131_051, 131_062, 132_000, 132_005, 132_008,
                132_012, 132_018, 137_000,
            ],
            .unreachable: [130_497],
            .optOut: [131_050],
            .holdTemplate: [131_063, 132_001, 132_007, 132_015, 132_016, 132_068, 132_069],
            .haltChannel: [131_005, 131_031, 131_037, 131_042, 131_044, 131_045, 131_048, 131_064, 133_010],
        ]
        return Dictionary(classes.flatMap { disposition, codes in codes.map { ($0, disposition) } }, uniquingKeysWith: { $1 })
    }()
}
