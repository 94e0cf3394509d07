package import Audience
import Channels
package import Core
package import Messages
package import Profiles
import Storage
package import ZoneTime

/// A campaign that is looked at before it begins, with all that it names.
package struct PreflightSubject: Sendable {
    let campaign: Campaign
    let channel: Channel
    /// Of each choice, in their order.
    let templates: [Template]
    /// Who fits now.
    let people: PeopleSet

    package var count: Int { people.count }
    package var accountID: AccountID { campaign.accountID }
    /// Nil for one that is not saved.
    package var id: CampaignID? { campaign.id == .unsaved ? nil : campaign.id }
}

/// Tells what a campaign would do, by the same way that planning goes, writing nothing.
package struct Preflight: Sendable {
    private let store: CampaignStore
    private let walk: AudienceWalk
    private let qualifier: Qualifier
    private let clock: WallClock
    private let pageSize: Int

    package init(
        store: CampaignStore, audiences: Audiences, profiles: ProfileStore,
        consent: ConsentStore, ledger: MessageLedger, zones: Zones, clock: WallClock = .system, pageSize: Int = 1000
    ) {
        walk = AudienceWalk(engine: store.engine, audiences: audiences, profiles: profiles, zones: zones)
        qualifier = Qualifier(consent: consent, ledger: ledger, policies: PolicyBook(), zones: zones)
        (self.store, self.clock, self.pageSize) = (store, clock, pageSize)
    }

    /// A campaign of the account, whatever its status.
    /// - Throws: `InputError`: `notFound`; also when its channel, templates or segment are no longer what it needs.
    package func subject(_ id: CampaignID, of account: AccountID) async throws -> PreflightSubject {
        guard let campaign = try await store.campaign(id, of: account) else { throw CampaignStore.notFound(id) }
        return try await subject(campaign, try await store.sources(of: campaign.definition, on: campaign.channelID, account))
    }

    /// A definition that is not saved. Its draws (control group, variants) are of the same size as those of the campaign that
    /// it may become, but fall on others.
    /// - Throws: `InputError`, as making a campaign does.
    package func subject(_ json: JSONValue, of account: AccountID) async throws -> PreflightSubject {
        let (campaign, sources) = try await store.unsaved(json, for: account)
        return try await subject(campaign, sources)
    }

    /// How many fit and can be written to.
    package func reachable(_ json: JSONValue, of account: AccountID) async throws -> Int {
        let (campaign, _) = try await store.unsaved(json, for: account)
        return try await walk.estimate(of: campaign, at: clock.now()).reachable
    }

    private func subject(_ campaign: Campaign, _ sources: CampaignSources) async throws -> PreflightSubject {
        guard let channel = try await store.channels.channel(sources.channel, of: campaign.accountID) else {
            throw InputError(code: "unknown_channel", field: "channel_id", "The campaign's channel is gone.")
        }
        let templates = try await store.engine.read { session in
            try sources.templates.compactMap { try store.templates.template($0, of: campaign.accountID, in: session) }
        }
        let people = try await walk.people(of: campaign, at: clock.now())
        return PreflightSubject(campaign: campaign, channel: channel, templates: templates, people: people)
    }

    /// Looks at everybody, page by page.
    /// - Parameter progress: hears after each page how many have been looked at.
    /// - Throws: `CancellationError` between two pages.
    package func report(on subject: PreflightSubject, progress: (Int) -> Void = { _ in }) async throws -> PreflightReport {
        let now = clock.now()
        let plan = OneTimePlan(subject.people, of: subject.campaign)
        var (report, taken) = (PreflightReport(), NumbersTaken())
        for stage in subject.campaign.stagesAhead {
            var last: ProfileID?
            while case let ids = subject.people.page(after: last, upTo: pageSize), !ids.isEmpty {
                try Task.checkCancellation()
                let number = report.people
                let outlooks = try await store.engine.read { session -> [Outlook] in
                    try self.outlooks(for: ids, of: subject, stage, plan, number: number, at: now, session)
                }
                for outlook in outlooks { report.add(outlook, &taken) }
                last = ids.last
                progress(report.people)
            }
        }
        return try await completed(report, subject, at: now)
    }

    private func outlooks(
        for ids: [ProfileID], of subject: PreflightSubject, _ stage: VariantStage, _ plan: OneTimePlan, number: Int, at now: Timestamp,
        _ session: any SQLSession
    ) throws -> [Outlook] {
        let campaign = subject.campaign
        let policy = try SendPolicy(of: campaign, in: session)
        let frame = CampaignFrame(
            campaign: campaign, zone: try qualifier.zone(of: campaign.accountID, in: session), templates: subject.templates.map(\.id),
            policy: policy, stage: stage, knowsEvents: !campaign.type.isLive)
        let step = AudienceWalk.Step(frame: frame, plan: plan, began: max(campaign.plannedStart ?? now, now), number: number)
        let intents = try walk.intents(for: ids, step, session)
        let forecast = try GateForecast(for: ids, of: subject, policy: policy, homes: walk.homes, at: now, in: session)
        return try qualifier.qualifications(of: intents, in: campaign, session).map { intent, qualification, reach in
            Outlook(
                person: intent.candidate.person, qualification: qualification,
                objection: forecast.objection(to: qualification, reach), waits: forecast.waits(qualification),
                message: stage.isDecided ? intent.message.words : "winner")
        }
    }

    private func completed(_ report: PreflightReport, _ subject: PreflightSubject, at now: Timestamp) async throws -> PreflightReport {
        var report = report
        let account = try await store.engine.read { try PolicyBook().policy(of: subject.accountID, in: $0) }
        report.isLive = subject.campaign.type.isLive
        report.seconds = subject.seconds(for: report.willGet, else: account.throttle)
        report.days = subject.channel.limits.dailyPeople.map { max(1, (report.willGet + $0 - 1) / $0) }
        for template in subject.templates {
            if let hold = CampaignHold(channel: subject.channel, template: template), !report.holds.contains(hold) {
                report.holds.append(hold)
            }
        }
        if case .safetyLimit(let limit) = subject.campaign.definition.who.reach, report.people > limit { report.exceeded = limit }
        return report
    }
}

/// What would become of one person.
private struct Outlook: Sendable {
    let person: Profile
    let qualification: Qualification
    /// What the last gate would say.
    let objection: Reason?
    let waits: Bool
    let message: String
}

extension PreflightReport {
    fileprivate mutating func add(_ outlook: Outlook, _ taken: inout NumbersTaken) {
        var fate = taken.judge(outlook.qualification).fate
        if case .planned = fate, let reason = outlook.objection { fate = .excluded(reason) }
        add(fate, of: outlook.person, message: outlook.message, waits: outlook.waits)
    }
}

extension PreflightSubject {
    /// How long the channel and the throttle take for so many messages, at least.
    fileprivate func seconds(for messages: Int, else account: Throttle?) -> Double {
        let pace = Double(messages) / channel.limits.perSecond
        guard
            let throttle = campaign.definition.when.throttle?.forGate
                ?? (campaign.definition.setup.limits.keepsAccountLimits ? account : nil), messages > 0
        else { return pace }
        let intervals = (messages - 1) / throttle.count
        return max(pace, Double(intervals) * Double(throttle.interval.components.seconds))
    }
}

extension Campaign {
    /// When it is to begin, by the definition; nil for now.
    fileprivate var plannedStart: Timestamp? { if case .at(let time) = definition.when.start { time } else { nil } }

    /// The stages in which people would come by: first those of a test between variants, then the rest.
    fileprivate var stagesAhead: [VariantStage] {
        switch variantStage {
        case .split: [.split]
        case .test: [.test, .winner(definition.what.variantNames.first ?? "")]
        case .winner: [.test, variantStage]
        }
    }
}

extension CampaignWhat {
    fileprivate var variantNames: [String] { if case .variants(let test) = self { test.variants.map(\.name) } else { [] } }
}

extension VariantStage {
    /// Whether it is known which variant somebody gets.
    fileprivate var isDecided: Bool { if case .winner = self { false } else { true } }
}

extension CampaignFrame.Message {
    fileprivate var words: String { variant ?? "\(choice.template) (\(choice.language))" }
}
