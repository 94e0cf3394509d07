import Core
import WhatsApp

/// Why a message that was taken did not arrive: the `error` of a status webhook, `{type, title, detail}`. The code stands
/// in `title`, as text or number; samples also have it at the end of `type`, and the whole object one level deeper.
struct VonageReport {
    let code: Int?
    let summary: String?
    private let detail: String

    init(_ error: JSONValue?) {
        let inner = error?["error"]?.object == nil ? error : error?["error"]
        let (title, type) = (inner?["title"], inner?["type"]?.string)
        let number = title?.looseInt ?? type.flatMap(VonageProblem.word(of:)).flatMap { Int64($0) } ?? inner?["code"]?.looseInt
        code = number.flatMap { (1...999_999).contains($0) ? Int($0) : nil }
        detail = inner?["detail"]?.looseText ?? inner?["reason"]?.looseText ?? ""
        let words = [title?.looseText, detail].compactMap { $0 }.filter { !$0.isEmpty }
        summary = words.isEmpty ? nil : words.joined(separator: "; ").shortened(to: 300)
    }

    /// 1320 says that the message had been sent already, which is no failure.
    var isAlreadySent: Bool { code == 1320 }

    /// - Parameter word: the status word, which gives the code where the report has none.
    func failure(status word: String) -> SendFailure {
        let words = summary ?? "Reported as \(word)."
        if let code, let disposition = Self.dispositions[code] {
            return SendFailure(disposition, code: "vonage_\(code)", summary: words)
        }
        if let meta = MetaErrorCodes.first(in: "\(code ?? 0) \(detail)") { return MetaErrorCodes.failure(code: meta, summary: words) }
        let name = code.map { "vonage_\($0)" } ?? "vonage_\(word)"
        return SendFailure(code == Self.unknown ? .retry : .reject, code: name, summary: words)
    }

    /// With this code Vonage says that it does not know why either; what WhatsApp said may stand in the detail.
    private static let unknown = 1330

    /// Vonage's asynchronous error codes (developer.vonage.com/api-errors/messages). A code that is not here only concerns
    /// its own message.
    private static let dispositions: [Int: SendFailure.Disposition] = {
        let classes: [SendFailure.Disposition: [Int]] = [
            .slowChannel: [1000],
            .reject: [
                1010, 1020, 1021, 1040, 1090, 1130, 1150,  // a mistake in the request
                1160, 1210, 1280, 1310, 1340, 1360,  // trial account, spam filter, device, 24-hour window, too late
            ],
            .holdTemplate: [1022],
            .retry: [1030, 1100, 1180, 1220, 1230],
            .unreachable: [1050, 1170, 1190, 1250, 1260, 1300],
            .optOut: [1240],
            .delayRecipient: [1241],
            .haltChannel: [1060, 1070, 1080, 1110, 1120, 1140, 1370],
        ]
        return Dictionary(classes.flatMap { disposition, codes in codes.map { ($0, disposition) } }, uniquingKeysWith: { $1 })
    }()
}
