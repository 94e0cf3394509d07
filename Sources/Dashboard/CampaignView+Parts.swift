import Core

/// What the button that stops a campaign needs.
struct StopView: Sendable {
    let id: String
    let token: String
}

/// How far a running campaign is.
struct ProgressView: Sendable {
    let done, total: Int
    let words: String

    /// Nil while nobody has been found to qualify.
    init?(_ numbers: CampaignNumbers) {
        guard numbers.qualified > 0 else { return nil }
        (total, done) = (numbers.qualified, numbers.qualified - numbers.waiting)
        words = "\(done.grouped) of \(total.people()) done"
    }
}

/// One number of the row at the top.
struct Tile: Sendable {
    let label: String
    let value: String
    let note: String
    /// `plain` or `alert`.
    let tone: String

    /// In the order of the vendor's page ("WhatsApp stats"); Unknown only while there is any.
    static func all(_ numbers: CampaignNumbers) -> [Tile] {
        let share: (Int, Int, String) -> String = { part, whole, of in part.percent(of: whole).map { "\($0) of \(of)" } ?? "" }
        let unknown = Tile(
            label: "Unknown", value: numbers.unknown.grouped, note: "no answer came", tone: "alert")
        return [
            Tile(label: "Sent", value: numbers.sent.grouped, note: share(numbers.sent, numbers.qualified, "qualified"), tone: "plain"),
            Tile(label: "Delivered", value: numbers.delivered.grouped, note: share(numbers.delivered, numbers.sent, "sent"), tone: "plain"),
            Tile(
                label: "Viewed", value: numbers.viewed.grouped, note: share(numbers.viewed, numbers.delivered, "delivered"), tone: "plain"),
            Tile(
                label: "Control Group", value: numbers.controlGroup.grouped,
                note: share(numbers.controlGroup, numbers.qualified, "qualified"), tone: "plain"),
            Tile(label: "Replied", value: numbers.replied.grouped, note: numbers.replied == 1 ? "reply" : "replies", tone: "plain"),
            Tile(
                label: "Errors", value: numbers.errors.grouped, note: share(numbers.errors, numbers.qualified, "qualified"),
                tone: numbers.errors > 0 ? "alert" : "plain"),
        ] + (numbers.unknown > 0 ? [unknown] : [])
    }
}

/// One bar of the funnel.
struct FunnelStep: Sendable {
    let label: String
    let value: String
    /// Of those who qualified.
    let percent: String
    /// 0...1000, in the units of the drawing.
    let width: Int

    static func all(_ numbers: CampaignNumbers) -> [FunnelStep] {
        let steps = [
            ("Qualified", numbers.qualified), ("Sent", numbers.sent), ("Delivered", numbers.delivered), ("Viewed", numbers.viewed),
        ]
        return steps.map { label, value in
            let share = numbers.qualified > 0 ? min(1000, value * 1000 / numbers.qualified) : 0
            return FunnelStep(
                label: label, value: value.grouped, percent: value.percent(of: numbers.qualified) ?? "0%",
                width: value > 0 ? max(2, share) : 0)
        }
    }
}

/// A table of reasons.
struct ReasonTable: Sendable {
    struct Row: Sendable {
        let title: String
        let advice: String?
        let words: String?
        let code: String
        let count: String
    }

    /// Unique on the page.
    let tableID: String
    let caption: String
    let total: String
    let rows: [Row]

    /// Nil when there is nothing to tell. The most frequent reason comes first.
    init?(id: String, _ reasons: [CampaignNumbers.Reason], total: Int, caption: String) {
        guard total > 0 else { return nil }
        (tableID, self.total, self.caption) = (id, total.grouped, caption)
        rows = reasons.filter { $0.count > 0 }.sorted { ($1.count, $0.code) < ($0.count, $1.code) }.map { reason in
            let text = ReasonText(code: reason.code)
            return Row(title: text.title, advice: text.advice, words: reason.words, code: reason.code, count: reason.count.grouped)
        }
    }
}

/// A line of the details.
struct Fact: Sendable {
    let label: String
    let text: String
    let time: TimeText?

    static func all(_ detail: CampaignDetail) -> [Fact] {
        let times = [
            ("Start", detail.start), ("Started", detail.startedAt), ("Ended", detail.finishedAt), ("Created", detail.createdAt),
        ]
        return [
            Fact(label: "Type", text: typeLabel(detail.type), time: nil), Fact(label: "Channel", text: detail.channel, time: nil),
            Fact(label: "Audience", text: detail.audience, time: nil),
        ] + times.compactMap { label, time in time.map { Fact(label: label, text: "", time: TimeText($0)) } }
            + [Fact(label: "Campaign id", text: detail.id.description, time: nil)]
    }
}

/// The message as it is written.
struct TemplateView: Sendable {
    struct Variable: Sendable {
        let number: String
        let text: String
    }

    let templateName: String
    let language: String
    let header: String?
    let body: String
    let footer: String?
    let buttons: [String]
    let hasButtons: Bool
    let variables: [Variable]
    let hasVariables: Bool

    init(_ template: TemplateText) {
        (templateName, language, body) = (template.name, template.language, template.body)
        (header, footer) = (template.header, template.footer)
        (buttons, hasButtons) = (template.buttons, !template.buttons.isEmpty)
        variables = template.variables.map { Variable(number: $0.key, text: $0.value) }
        hasVariables = !variables.isEmpty
    }
}
