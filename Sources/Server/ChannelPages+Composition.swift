import API
import Channels
import Core
import Dashboard
import Delivery
import WhatsApp

extension Composition {
    /// What the channel pages show and do, from the stages that know it. What a vendor said is blotted: it may repeat a
    /// credential.
    var channelPages: ChannelPages {
        ChannelPages(
            list: { account in try await channels.all(of: account).map(ChannelSummary.init) },
            detail: { account, id in
                guard let channel = try await channels.channel(id, of: account) else { return nil }
                return ChannelDetail(channel, templates: try await templates.all(on: id, of: account), at: address)
            },
            resume: { account, id in _ = try await channels.release(id, of: account) },
            resumeTemplate: { account, channel, id in try await release(id, on: channel, of: account) },
            check: { account, id in
                let channel = try await required(id, of: account)
                return await ConnectionCheck(templateSync.check(channel), over: channel.line)
            },
            sync: { account, id in
                let channel = try await required(id, of: account)
                do throws(SendFailure) { return TemplateSyncResult(try await templateSync.sync(channel)) } catch {
                    return .failed(ProviderRefusal(error, over: channel.line))
                }
            })
    }

    private func required(_ id: ChannelID, of account: AccountID) async throws -> Channel {
        guard let channel = try await channels.channel(id, of: account) else {
            throw InputError(.notFound, code: "unknown_channel", "There is no such channel.")
        }
        return channel
    }

    private func release(_ id: TemplateID, on channel: ChannelID, of account: AccountID) async throws {
        guard try await templates.template(id, of: account)?.channelID == channel else {
            throw InputError(.notFound, code: "unknown_template", "The channel has no such template.")
        }
        _ = try await templates.release(id, of: account)
    }
}

extension ChannelSummary {
    fileprivate init(_ channel: Channel) {
        self.init(
            id: channel.id, nickname: channel.nickname, provider: channel.provider, number: channel.number.description,
            hold: channel.health.hold.map { HoldNote($0, cause: .channel, name: channel.nickname, over: channel.line) },
            limits: SendingLimits(channel.limits), isDefault: channel.isDefault, syncedAt: channel.health.syncedAt)
    }
}

extension ChannelDetail {
    fileprivate init(_ channel: Channel, templates: [Template], at address: PublicAddress) {
        let (health, token) = (channel.health, channel.hookToken)
        self.init(
            ChannelSummary(channel), baseURL: channel.baseURL, inboundAddress: address.callback("inbound", token: token),
            statusAddress: address.callback("status", token: token),
            notice: health.notice.map(channel.line.credentials.redacted), noticedAt: health.noticedAt, slowedAt: health.slowedAt,
            createdAt: channel.createdAt, templates: templates.map { TemplateSummary($0, over: channel.line) })
    }
}

extension SendingLimits {
    fileprivate init(_ limits: ChannelLimits) {
        self.init(
            perSecond: limits.perSecond, concurrency: limits.concurrency, pairInterval: limits.pairInterval, pairBurst: limits.pairBurst,
            dailyPeople: limits.dailyPeople, portfolio: limits.portfolio)
    }
}

extension TemplateSummary {
    fileprivate init(_ template: Template, over line: Line) {
        self.init(
            id: template.id, name: template.name.description, language: template.language, category: template.content.category.rawValue,
            standing: template.pause?.rawValue ?? template.approval.rawValue,
            reason: template.pauseReason.map(line.credentials.redacted), quality: template.quality.rawValue,
            places: template.content.slots.compactMap { Place($0, in: template.content) },
            hold: template.hold.map { HoldNote($0, cause: .template, name: "\(template.name) (\(template.language))", over: line) })
    }
}

extension TemplateSummary.Place {
    /// Nil for a place that the content does not have.
    fileprivate init?(_ slot: TemplateSlot, in content: TemplateContent) {
        switch (slot, content.header) {
        case (.body(let number), _): self = .variable(number)
        case (.header, .text?): self = .header(kind: "text")
        case (.header, .media(let media)?): self = .header(kind: media.rawValue)
        case (.header, .location?): self = .header(kind: "location")
        case (.header, nil): return nil
        case (.button(let index), _):
            guard content.buttons.indices.contains(index) else { return nil }
            self = .button(index + 1, label: content.buttons[index].text)
        }
    }
}

extension HoldNote {
    fileprivate enum Cause: String { case channel, template }

    fileprivate init(_ hold: Hold, cause: Cause, name: String, over line: Line) {
        self.init(
            cause: cause.rawValue, name: name, code: hold.code, words: line.credentials.redacted(hold.summary), since: hold.since,
            nextTry: hold.probeAt)
    }
}

extension ProviderRefusal {
    fileprivate init(_ failure: SendFailure, over line: Line) {
        self.init(code: failure.code, words: line.credentials.redacted(failure.summary))
    }
}

extension ConnectionCheck {
    fileprivate init(_ report: ConnectionReport?, over line: Line) {
        guard let report else { self = .notOffered; return }
        let facts = report.facts.mapValues(line.credentials.redacted)
        self = report.problem.map { .failed(ProviderRefusal($0, over: line), facts: facts) } ?? .connected(facts: facts)
    }
}

extension TemplateSyncResult {
    fileprivate init(_ changes: TemplateChanges?) {
        self = changes.map { .done(TemplateSyncReport($0)) } ?? .notOffered
    }
}

extension TemplateSyncReport {
    fileprivate init(_ changes: TemplateChanges) {
        self.init(
            added: changes.added.map(Change.init), changed: changes.changed.map(Change.init), gone: changes.gone.map(Change.init),
            skipped: changes.skipped, unchanged: changes.unchanged)
    }
}

extension TemplateSyncReport.Change {
    fileprivate init(_ change: TemplateChanges.Change) {
        self.init(name: change.name.description, language: change.language, words: change.words)
    }
}
