import Core

/// The box that says what a button on a channel's page brought.
struct ChannelResultView: Sendable {
    /// A list of templates under a heading of its own.
    struct Section: Sendable {
        let caption: String
        let lines: [Line]
        /// How many are left out; nil when none are.
        let rest: String?
    }

    struct Line: Sendable {
        let subject: String
        /// What changed, or why.
        let details: String?
    }

    let outcome: String
    /// Which colours it has, part of a class name: `good`, `bad` or `plain`.
    let outcomeTone: String
    let explanation: String?
    /// The provider's own words.
    let quoted: String?
    let refusalCode: String?
    let tellings: [Fact]
    let hasTellings: Bool
    let sections: [Section]

    private init(
        _ outcome: String, tone: String = "good", explanation: String? = nil, refusal: ProviderRefusal? = nil,
        facts: [String: String] = [:], sections: [Section] = []
    ) {
        (self.outcome, outcomeTone, self.explanation) = (outcome, tone, explanation)
        quoted = refusal.flatMap { $0.words.isEmpty ? nil : $0.words }
        refusalCode = refusal?.code
        tellings = facts.sorted { $0.key < $1.key }.map { Fact(label: factLabel($0.key), text: $0.value, time: nil) }
        hasTellings = !tellings.isEmpty
        self.sections = sections
    }

    /// A channel was let go.
    static let resumed = Self(
        "Messages go out again.", explanation: "If nothing was mended, the channel halts again at the provider's first refusal.")

    /// A template was let go.
    static let templateResumed = Self(
        "The template is sent again.", explanation: "If nothing was mended, it is held again at the provider's first refusal.")

    init(_ check: ConnectionCheck) {
        switch check {
        case .connected(let facts): self.init("Connected: the provider takes the channel's credentials.", facts: facts)
        case .failed(let refusal, let facts):
            self.init(
                "Not connected: \(ReasonText(code: refusal.code).title).", tone: "bad", explanation: ReasonText(code: refusal.code).advice,
                refusal: refusal, facts: facts)
        case .notOffered:
            self.init(
                "The connection could not be checked.", tone: "plain",
                explanation: "This provider has no call that tells, or the channel's credentials do not reach it. "
                    + "The first message shows it.")
        }
    }

    init(_ result: TemplateSyncResult) {
        switch result {
        case .done(let report): self.init(report)
        case .failed(let refusal):
            self.init(
                "The templates were not read: \(ReasonText(code: refusal.code).title).", tone: "bad",
                explanation: ReasonText(code: refusal.code).advice, refusal: refusal)
        case .notOffered:
            self.init(
                "There is no list of templates to read.", tone: "plain",
                explanation: "This provider has none, or the channel's credentials do not reach it. "
                    + "Enter templates with POST /api/v1/channels/{id}/templates.")
        }
    }

    private init(_ report: TemplateSyncReport) {
        let isSame = report.added.isEmpty && report.changed.isEmpty && report.gone.isEmpty
        self.init(
            isSame ? "The templates were read. Nothing has changed." : "The templates were read.",
            explanation: "\(report.unchanged.people("template is", "templates are")) unchanged.",
            sections: [
                Section("Added", report.added.map(Line.init)), Section("Changed", report.changed.map(Line.init)),
                Section("Gone at the provider", report.gone.map(Line.init)),
                Section("Skipped, because they cannot be sent from here", report.skipped.map { Line(subject: $0, details: nil) }),
            ].compactMap(\.self))
    }
}

extension ChannelResultView.Section {
    private static let most = 100

    /// Nil without a line.
    fileprivate init?(_ caption: String, _ lines: [ChannelResultView.Line]) {
        guard !lines.isEmpty else { return nil }
        self.caption = "\(caption): \(lines.count.grouped)"
        self.lines = Array(lines.prefix(Self.most))
        rest = lines.count > Self.most ? "and \((lines.count - Self.most).grouped) more" : nil
    }
}

extension ChannelResultView.Line {
    fileprivate init(_ change: TemplateSyncReport.Change) {
        subject = "\(change.name) (\(change.language))"
        details = change.words.isEmpty ? nil : change.words.joined(separator: ", ")
    }
}
