import WhatsApp

/// Why Gupshup or WhatsApp did not deliver a message: the `code` of a `failed` event (Gupshup, "Error and status messages").
/// The texts beside it vary, so only the code is looked at.
enum GupshupCodes {
    /// A code of six digits is Meta's; any other that is not in the table only concerns its own message.
    static func failure(code: Int64, summary: String) -> SendFailure {
        if let disposition = dispositions[code] { return SendFailure(disposition, code: "gupshup_\(code)", summary: summary) }
        if (100_000...999_999).contains(code) { return MetaErrorCodes.failure(code: Int(code), summary: summary) }
        return SendFailure(.reject, code: "gupshup_\(code)", summary: summary)
    }

    private static let dispositions: [Int64: SendFailure.Disposition] = {
        let classes: [SendFailure.Disposition: [Int64]] = [
            .retry: [500, 4002],
            // 4001 asks to stop sending; a channel that was halted is probed every quarter of an hour.
            .haltChannel: [471, 1001, 1003, 4001],
            .unreachable: [1002],
            .optOut: [1012],
            .holdTemplate: [1005, 4003, 4005],
            .reject: [
                470, 1004,  // the 24-hour window is closed
                1006, 1007, 1008,  // of the opt-in service that Gupshup has given up
                1009, 1010, 1011, 4004,  // a mistake in the request
            ],
        ]
        return Dictionary(classes.flatMap { disposition, codes in codes.map { ($0, disposition) } }, uniquingKeysWith: { $1 })
    }()
}
