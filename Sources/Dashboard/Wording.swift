import Core

extension Int {
    /// `12,345`
    var grouped: String {
        let digits = String(magnitude)
        let text = digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index) % 3 == 0 ? ",\(digit)" : String(digit)
        }
        return (self < 0 ? "−" : "") + text.joined()
    }

    /// `37%` of `total`; `<1%` when it is little but not nothing, `99%` when it is much but not all. Nil of nothing.
    func percent(of total: Int) -> String? {
        guard total > 0 else { return nil }
        if self > 0, self * 100 < total { return "<1%" }
        if self < total, self * 200 > total * 199 { return "99%" }
        return "\((self * 200 + total) / (total * 2))%"
    }

    /// `1 person`, `2 people`.
    func people(_ one: String = "person", _ many: String = "people") -> String { "\(grouped) \(self == 1 ? one : many)" }
}

/// A moment for a reader and for a machine.
struct TimeText: Sendable {
    /// `26 Jul 2026, 10:00 UTC`
    let words: String
    /// `2026-07-26T10:00:00Z`
    let machine: String

    init(_ time: Timestamp) {
        machine = time.iso8601()
        let parts = machine.split { !$0.isNumber }.map(String.init)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let month = Int(parts[1]).map { months[$0 - 1] } ?? ""
        words = "\(Int(parts[2]) ?? 0) \(month) \(parts[0]), \(parts[3]):\(parts[4]) UTC"
    }
}

/// A status for a reader.
struct StatusBadge: Sendable {
    let label: String
    /// Which colours it has: a closed list, part of a class name.
    let tone: String

    init(label: String, tone: String) { (self.label, self.tone) = (label, tone) }

    /// Of a campaign.
    init(_ status: String) {
        switch status {
        case "draft": (label, tone) = ("Draft", "quiet")
        case "approval_pending": (label, tone) = ("Approval pending", "waiting")
        case "rejected": (label, tone) = ("Rejected", "bad")
        case "scheduled": (label, tone) = ("Scheduled", "waiting")
        case "running": (label, tone) = ("Running", "active")
        case "held": (label, tone) = ("Held", "waiting")
        case "completed": (label, tone) = ("Completed", "good")
        case "stopped": (label, tone) = ("Stopped", "bad")
        case "expired": (label, tone) = ("Expired", "bad")
        case "archived": (label, tone) = ("Archived", "quiet")
        default: (label, tone) = (status, "quiet")
        }
    }
}

/// `one_time` as `One time`.
func typeLabel(_ type: String) -> String {
    switch type {
    case "one_time": "One time"
    case "single_action": "Single action"
    case "inaction": "Inaction within time"
    case "date_time": "On a date/time"
    case "direct": "Sent by calls"
    default: type
    }
}
