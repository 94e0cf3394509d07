/// The name of an event type. Two names that differ only in case or blanks are one type; the spelling seen first stays.
package struct EventName: Hashable, Sendable {
    /// As written, without blanks at the ends.
    package let text: String
    /// What types are told apart by: no blanks, lower case.
    package let matchKey: String

    /// Nil for a text of blanks only.
    package init?(_ text: String) {
        matchKey = Self.matchKey(of: text)
        guard !matchKey.isEmpty else { return nil }
        let ends = [text.unicodeScalars.first, text.unicodeScalars.last]
        self.text = ends.contains { $0?.properties.isWhitespace == true } ? Self.trimmed(text) : text
    }

    package static func == (a: Self, b: Self) -> Bool { a.matchKey == b.matchKey }
    package func hash(into hasher: inout Hasher) { hasher.combine(matchKey) }

    private static func matchKey(of text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            let visible = text.utf8.lazy.filter { $0 > 32 || $0 < 9 || (14...31).contains($0) }
            return String(decoding: visible.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace })).lowercased()
    }

    private static func trimmed(_ text: String) -> String {
        let tail = text.drop(while: \.isWhitespace)
        return String(tail.prefix(upTo: tail.lastIndex { !$0.isWhitespace }.map(tail.index(after:)) ?? tail.startIndex))
    }
}

extension EventName {
    /// Raised by the platform alone; an upload of one is refused (vendor document, "reserved events").
    package var isReserved: Bool { Self.reserved.contains(matchKey) }
    /// Does not count against the 512 types of an account.
    var isSystem: Bool { Self.system.contains(matchKey) }

    package static let channelUnsubscribed = "Channel Unsubscribed"
    package static let channelSubscribed = "Channel Subscribed"
    package static let charged = "Charged"

    /// What is raised when somebody comes back to a channel, or leaves it.
    package static func channelEvent(granted: Bool) -> EventName? {
        EventName(granted ? channelSubscribed : channelUnsubscribed)
    }

    static let reserved = Set(
        [
            "Notification Sent", "Notification Viewed", "Notification Clicked", "Notification Delivered",
            "Notification Replied", "UTM Visited", "App Launched", "App Uninstalled", "App Version Changed", "Stayed",
            "Reply Sent", "Experiment Rendered", "Reachable By", "Identity Reset", "Identity Set", "Identity Error",
            "Web Page Viewed",
        ].map(matchKey))
    static let system = reserved.union(
        [channelUnsubscribed, channelSubscribed, "Notification Failed", "System Control Group", "Custom Control Group"]
            .map(matchKey))
}
