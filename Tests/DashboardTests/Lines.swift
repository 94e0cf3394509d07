import Core
import Dashboard
import Synchronization

/// Channels in memory. What is pressed is written down.
final class Lines: Sendable {
    struct State: Sendable {
        var account = AccountID(rawValue: 1)
        var channels: [ChannelDetail]
        var check = ConnectionCheck.notOffered
        var sync = TemplateSyncResult.notOffered
        var pressed: [String] = []
    }

    private let state: Mutex<State>

    init(_ channels: [ChannelDetail] = [.shop]) { state = Mutex(State(channels: channels)) }

    var pressed: [String] { state.withLock { $0.pressed } }
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    var pages: ChannelPages {
        ChannelPages(
            list: { account in self.state.withLock { $0.account == account ? $0.channels.map(\.summary) : [] } },
            detail: { account, id in self.state.withLock { Self.channel(id, of: account, in: $0) } },
            resume: { account, id in try self.press("resume \(id)", id, account) { _ in } },
            resumeTemplate: { account, id, template in try self.press("resume \(id) \(template)", id, account) { _ in } },
            check: { account, id in try self.press("check \(id)", id, account) { $0.check } },
            sync: { account, id in try self.press("sync \(id)", id, account) { $0.sync } })
    }

    private func press<Answer>(_ what: String, _ id: ChannelID, _ account: AccountID, _ answer: (State) -> Answer) throws -> Answer {
        try state.withLock { state in
            guard Self.channel(id, of: account, in: state) != nil else {
                throw InputError(.notFound, code: "unknown_channel", "There is no such channel.")
            }
            state.pressed.append(what)
            return answer(state)
        }
    }

    private static func channel(_ id: ChannelID, of account: AccountID, in state: State) -> ChannelDetail? {
        account == state.account ? state.channels.first { $0.summary.id == id } : nil
    }
}

extension ChannelDetail {
    /// One that sends, with a template.
    static let shop = ChannelDetail(
        ChannelSummary(
            id: ChannelID(rawValue: 5), nickname: "Shop line", provider: "vonage", number: "+14155551234",
            limits: SendingLimits(
                perSecond: 60, concurrency: 20, pairInterval: .seconds(6), pairBurst: 10, dailyPeople: 2000, portfolio: "default"),
            isDefault: true, syncedAt: now),
        baseURL: "https://api.nexmo.com", inboundAddress: "https://shop.example/hooks/a1b2/inbound",
        statusAddress: "https://shop.example/hooks/a1b2/status", notice: "quality_flagged: The quality fell to medium.", noticedAt: now,
        slowedAt: now - .seconds(3600), createdAt: now - .seconds(86_400), templates: [.ticket])

    /// The same, halted.
    static var halted: ChannelDetail {
        var channel = shop
        channel.summary.hold = HoldNote(
            cause: "channel", name: "Shop line", code: "meta_190", words: "Session has expired", since: now,
            nextTry: now + .seconds(900))
        return channel
    }

    /// The same, named and with templates.
    func with(nickname: String? = nil, templates: [TemplateSummary]? = nil) -> ChannelDetail {
        var channel = self
        channel.summary.nickname = nickname ?? summary.nickname
        channel.templates = templates ?? self.templates
        return channel
    }
}

extension TemplateSummary {
    static let ticket = TemplateSummary(
        id: TemplateID(rawValue: 9), name: "shop:ticket", language: "en_GB", category: "utility", standing: "approved",
        quality: "green", places: [.variable(1), .header(kind: "image"), .button(2, label: "Track")])

    /// The same, refused by the provider.
    static var held: TemplateSummary {
        var template = ticket
        template.hold = HoldNote(
            cause: "template", name: "shop:ticket (en_GB)", code: "meta_132001", words: "Template does not exist", since: now,
            nextTry: now + .seconds(900))
        return template
    }

    /// The same in another standing.
    func with(standing: String, quality: String = "unknown", reason: String? = nil) -> TemplateSummary {
        var template = self
        (template.standing, template.quality, template.reason, template.places) = (standing, quality, reason, [])
        return template
    }
}
