package import Audience
package import Core
package import Messages
package import Profiles
package import Storage

/// Turns the audience of a running campaign into messages, a page of people at a time. Where it stands is kept in the
/// campaign's row, in the same transaction as the messages, so it goes on after a crash and judges nobody twice.
package struct CampaignPlanner: Sendable {
    private let engine: any SQLEngine
    private let reader: AudienceReader
    private let consent: ConsentStore
    private let ledger: MessageLedger
    private let clock: WallClock
    private let pageSize: Int

    package init(
        engine: any SQLEngine, reader: AudienceReader, consent: ConsentStore, ledger: MessageLedger, clock: WallClock = .system,
        pageSize: Int = 1000
    ) {
        (self.engine, self.reader, self.consent) = (engine, reader, consent)
        (self.ledger, self.clock, self.pageSize) = (ledger, clock, pageSize)
    }

    /// Judges the next people. Reading and evaluating happen outside the writing transaction; that one only goes
    /// through when the campaign still runs and nobody else has planned this page meanwhile.
    /// - Returns: how many qualified; nil when the page was taken or the campaign no longer runs.
    package func planPage(of campaign: Campaign) async throws -> Int? {
        let began = campaign.startedAt ?? clock.now()
        let page = try await reader.page(
            campaign.definition.audience, of: campaign.accountID, after: campaign.plannedUpTo, upTo: pageSize, at: began)
        let intents = page.matching.map { Intent(for: $0, in: campaign, at: began) }
        let (now, last) = (clock.now(), page.last ?? campaign.plannedUpTo)
        let position: [SQLValue] = [
            .integer(last?.rawValue ?? 0), .time(page.isEnd ? now : nil), .id(campaign.id), .int(campaign.run),
            .integer(campaign.plannedUpTo?.rawValue ?? 0),
        ]
        return try await engine.write { session in
            guard try session.run(CampaignQueries.advance, position) == 1 else { return nil }
            let reach = try consent.reachability(of: intents.map(\.profile), account: campaign.accountID, in: session)
            let qualifications = intents.compactMap { intent in reach[intent.profile].map(intent.qualification) }
            try ledger.qualify(qualifications, for: CampaignRun(campaign), at: now, in: session)
            return qualifications.count
        }
    }
}

/// What a campaign would do with one person if nothing stands in the way.
private struct Intent: Sendable {
    private let planned: Qualification

    var profile: ProfileID { planned.profileID }

    /// The control group is drawn before the variables are looked at, so that it does not depend on them.
    /// - Parameter now: when the campaign began, so that its variables do not depend on how long planning takes.
    init(for person: Profile, in campaign: Campaign, at now: Timestamp) {
        let group = ControlGroup(campaign: campaign.id, percent: campaign.definition.controlPercent)
        planned = Qualification(
            profileID: person.id, phone: person.phone, run: campaign.run, templateID: campaign.templateID, dueAt: now,
            fate: group.holds(person.id) ? .control : campaign.definition.fate(for: person, at: now))
    }

    func qualification(_ reach: Reachability) -> Qualification {
        var result = planned
        switch reach {
        // Whether it is marketing that has to wait, and whether it still has, is for the last gate.
        case .reachable(let phone), .marketingPaused(let phone): result.phone = phone
        case .reachableByUserID(let user): (result.phone, result.userID) = (nil, user)
        case .noPhone: (result.phone, result.fate) = (nil, .excluded(.noPhone))
        case .numberBlocked: result.fate = .excluded(.numberBlocked)
        case .notOptedIn: result.fate = .excluded(.notOptedIn)
        case .unreachable: result.fate = .excluded(.unreachable)
        }
        return result
    }
}

extension CampaignDefinition {
    /// The message's parameters, or the reason of the first that cannot be had.
    fileprivate func fate(for person: Profile, at now: Timestamp) -> Qualification.Fate {
        var parameters: [String] = []
        for (_, variable) in variables.sorted(by: { $0.key < $1.key }) {
            switch variable.resolve(for: person, at: now) {
            case .text(let text): parameters.append(text)
            case .missing: return .excluded(.missingVariable)
            case .invalid: return .excluded(.invalidValue)
            case .aborted: return .excluded(.liquidAborted)
            case .timedOut: return .excluded(.liquidTimeout)
            }
        }
        return .planned(parameters)
    }
}

extension CampaignRun {
    fileprivate init(_ campaign: Campaign) {
        self.init(accountID: campaign.accountID, campaignID: campaign.id, channelID: campaign.channelID)
    }
}
