import WhatsApp

/// The codes with which Meta explains why WhatsApp did not take or deliver a message. Other vendors pass the six-digit ones
/// on inside their own errors. From Meta's list of Cloud API error codes; each disposition is the class that
/// `SendFailure.Disposition` describes.
enum MetaErrorCodes {
    /// What a code asks of us.
    struct Meaning: Hashable, Sendable {
        var disposition: SendFailure.Disposition
        /// The code stands for several causes; see `SendFailure.isVague`.
        var isVague = false
        /// See `SendFailure.marketingPause`.
        var marketingPause: Duration?
        /// The shortest wait that makes sense.
        var retryAfter: Duration?
    }

    /// Nil for a code that is not known to say more than "no". The codes of fewer than six digits belong to Meta's Graph
    /// API: a vendor with numbers of its own looks there first.
    static func meaning(of code: Int) -> Meaning? {
        guard let disposition = dispositions[code] else { return nil }
        return Meaning(
            disposition: disposition, isVague: code == undeliverable,
            marketingPause: code == marketingLimit ? .seconds(86_400) : nil, retryAfter: code == registering ? .seconds(3600) : nil)
    }

    /// The failure that a code stands for, counted as `meta_<code>`; one that is not known concerns its own message only.
    static func failure(code: Int, summary: String) -> SendFailure {
        let meaning = meaning(of: code) ?? Meaning(disposition: .reject)
        return SendFailure(
            meaning.disposition, code: "meta_\(code)", summary: summary.shortened(to: 300), retryAfter: meaning.retryAfter,
            isVague: meaning.isVague, marketingPause: meaning.marketingPause)
    }

    /// The first six-digit number of a text that is one of these codes.
    static func first(in text: String) -> Int? {
        text.split { !("0"..."9").contains($0) }.lazy.filter { $0.utf8.count == 6 }.compactMap { Int($0) }
            .first { dispositions[$0] != nil }
    }

    /// Not on WhatsApp, an old app, terms not accepted, blocked: one code for all of them.
    private static let undeliverable = 131_026
    /// The person has had enough marketing, from all businesses together; Meta asks to wait at least a day.
    private static let marketingLimit = 131_049

    /// The number was registered and deregistered too often, which takes hours to pass.
    private static let registering = 133_016

    private static let dispositions: [Int: SendFailure.Disposition] = {
        let classes: [SendFailure.Disposition: [Int]] = [
            .retry: [1, 2, 131_000, 131_014, 131_016, 131_052, 131_053, 133_016, 135_000],
            .slowChannel: [4, 613, 80_007, 130_429, 131_057],
            .delayRecipient: [131_056],
            .reject: [
                100, 130_472, 131_008, 131_009, 131_021, 131_030, 131_047, 131_049, 131_051, 131_062, 132_000, 132_005, 132_008,
                132_012, 132_018, 137_000,
            ],
            .unreachable: [130_497, 131_026],
            .optOut: [131_050],
            .holdTemplate: [131_063, 132_001, 132_007, 132_015, 132_016, 132_068, 132_069],
            .haltChannel: [0, 3, 10, 190, 368, 131_005, 131_031, 131_037, 131_042, 131_044, 131_045, 131_048, 131_064, 133_010]
                + Array(200...299),
        ]
        return Dictionary(classes.flatMap { disposition, codes in codes.map { ($0, disposition) } }, uniquingKeysWith: { $1 })
    }()
}
