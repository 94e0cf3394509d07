import Core
import WhatsApp

/// The contract's error codes: 2000 and up in answers, 1000 and up in statuses.
enum GenericErrors {
    /// Of an answer's `error`, `{code, message}`.
    static func refusal(_ error: JSONValue?) -> VendorRefusal {
        let known = error?["code"]?.looseInt.flatMap { dispositions[$0] } != nil || meta(error) != nil
        return VendorRefusal(failure: failure(error), isKnown: known)
    }

    /// Of a status' `error`, `{code, title}`, or an answer's. A code that is not known only concerns its own message.
    static func failure(_ error: JSONValue?) -> SendFailure {
        let words = (error?["title"] ?? error?["message"])?.looseText ?? error?.looseText
        let summary = (words ?? "The provider did not say why.").shortened(to: 300)
        if let meta = meta(error) { return MetaErrorCodes.failure(code: meta, summary: summary) }
        let code = error?["code"]?.looseInt.flatMap { (0...999_999).contains($0) ? $0 : nil }
        return SendFailure(
            code.flatMap { dispositions[$0] } ?? .reject, code: code.map { "generic_\($0)" } ?? "generic_failed", summary: summary)
    }

    /// Meta's own code, where the third party passes it on in the place of the contract's.
    private static func meta(_ error: JSONValue?) -> Int? { (error?["code"]?.looseText).flatMap(MetaErrorCodes.first(in:)) }

    /// 1006, a number on the provider's blacklist, is no wish of the person: the number is left out, and consent stays as it
    /// is. 2001, wrong template parameters, may lie with the values of one message, so it does not hold the template.
    private static let dispositions: [Int64: SendFailure.Disposition] = {
        let classes: [SendFailure.Disposition: [Int64]] = [
            .haltChannel: [1000, 2000],
            .reject: [
                1001, 2001,  // template parameters
                1007, 1008, 1009, 1010,  // the device, the 24-hour window, other, held back by Meta
                2004,
            ],
            .unreachable: [1002, 1003, 1006, 2002],
            .delayRecipient: [1004],
            .retry: [1005],
            .optOut: [2003],
        ]
        return Dictionary(classes.flatMap { disposition, codes in codes.map { ($0, disposition) } }, uniquingKeysWith: { $1 })
    }()
}
