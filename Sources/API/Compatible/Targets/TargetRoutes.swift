import Accounts
package import Campaigns
package import Channels
import Core
package import Hummingbird
package import Stats
package import WebSupport
package import ZoneTime

/// The vendor's calls about campaigns, `/1/targets/….json` and `/1/send/….json`, for WhatsApp (`clevertap.md` 6.12).
package struct TargetRoutes: Sendable {
    private let campaigns: CampaignStore
    private let preflight: Preflight
    private let direct: DirectSends
    private let channels: ChannelStore
    private let templates: TemplateStore
    private let stats: StatsReader
    private let zones: Zones
    private let limit: ConcurrencyLimit

    /// - Parameter limit: how many of these calls an account may have under way; the vendor allows 3.
    package init(
        campaigns: CampaignStore, preflight: Preflight, direct: DirectSends, channels: ChannelStore, templates: TemplateStore,
        stats: StatsReader, zones: Zones, limit: ConcurrencyLimit = ConcurrencyLimit(3)
    ) {
        (self.campaigns, self.preflight, self.direct, self.channels) = (campaigns, preflight, direct, channels)
        (self.templates, self.stats, self.zones, self.limit) = (templates, stats, zones, limit)
    }

    /// - Parameter group: the one at `/1`, behind the check of the key.
    package func add(to group: RouterGroup<KeyContext>) {
        group.group().add(middleware: limit)
            .post("targets/create.json", use: create).post("targets/stop.json", use: stop)
            .post("targets/result.json", use: result).post("targets/list.json", use: list)
            .post("send/:channel", use: send)
    }

    @Sendable private func create(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: CompatibleRoutes.bodyLimit)
        guard let name = body["name"]?.string, !name.isEmpty else { throw Fault.empty("name") }
        try TargetRequest.checkMode(body)
        let account = context.account.id
        let channel = try await channel(body, account)
        let target = try TargetRequest(
            body, channel: channel, templates: try await templates.all(on: channel.id, of: account), zone: zone(of: context.account))
        do { return try await create(target, for: account) } catch let error as InputError { throw Self.worded(error, target) }
    }

    private func create(_ target: TargetRequest, for account: AccountID) async throws -> Response {
        var answer: [String: JSONValue] = ["status": "success", "estimates": [:]]
        if target.onlyEstimates || !target.skipsEstimate {
            answer["estimates"] = ["whatsapp": .int(Int64(try await preflight.reachable(target.definition, of: account)))]
        }
        guard !target.onlyEstimates else { return .json(.object(answer)) }
        let campaign = try await campaigns.create(target.definition, for: account)
        answer["id"] = .int(campaign.id.rawValue)
        guard !target.isDraft else { return .json(.object(answer)) }
        do { _ = try await campaigns.schedule(campaign.id, of: account) } catch {
            // The caller hears of no id, so nobody would ever look at this draft.
            _ = try? await campaigns.archive(campaign.id, of: account)
            throw error
        }
        return .json(.object(answer))
    }

    @Sendable private func stop(_ request: Request, context: KeyContext) async throws -> Response {
        let id = try Self.id(try await request.json(upTo: CompatibleRoutes.bodyLimit))
        _ = try await campaigns.stop(id, of: context.account.id)
        return .json(["status": "success"])
    }

    /// Nothing counts clicks here.
    @Sendable private func result(_ request: Request, context: KeyContext) async throws -> Response {
        let id = try Self.id(try await request.json(upTo: CompatibleRoutes.bodyLimit))
        guard let campaign = try await campaigns.campaign(id, of: context.account.id) else { throw Self.unknown(id) }
        guard campaign.finishedAt != nil else { return .json(["status": "fail", "error": .string(Fault.notCompleted)]) }
        let numbers = try await stats.stats(of: id, account: context.account.id)
        return .json(["status": "success", "result": ["sent": .int(Int64(numbers.sent)), "clicked": 0]])
    }

    /// Those whose start falls on one of the days, both included, in the account's zone.
    @Sendable private func list(_ request: Request, context: KeyContext) async throws -> Response {
        let body = try await request.json(upTo: CompatibleRoutes.bodyLimit)
        let (zone, from, to) = (zone(of: context.account), try Self.day(body, "from"), try Self.day(body, "to"))
        guard from <= to else { throw Fault.plain("The from date cannot be after the to date") }
        let now = campaigns.now
        var (targets, last) = ([JSONValue](), CampaignID?.none)
        var filter = CampaignFilter.standard
        filter.statuses = Set(Campaign.Status.allCases)
        while case let page = try await campaigns.page(of: context.account.id, filter, before: last, upTo: 200), !page.isEmpty {
            for campaign in page {
                guard let target = campaign.target(zone, at: now), (from...to).contains(target.day) else { continue }
                targets.append(target.json)
            }
            last = page.last?.id
        }
        return .json(["status": "success", "targets": .array(targets)])
    }

    @Sendable private func send(_ request: Request, context: KeyContext) async throws -> Response {
        let word = context.parameters.get("channel") ?? ""
        guard word == "whatsapp.json" else {
            guard ["sms.json", "email.json", "push.json", "webpush.json"].contains(word) else { throw Problem.notFound }
            throw Fault.plain("\(word.dropLast(5)) is not available here: this server sends WhatsApp alone, by /1/send/whatsapp.json")
        }
        let body = try await request.json(upTo: CompatibleRoutes.bodyLimit)
        let channel = try await channel(body, context.account.id)
        let call = try DirectCall(body, channel: channel, templates: try await templates.all(on: channel.id, of: context.account.id))
        let result = try await direct.send(call, for: context.account.id)
        var answer: [String: JSONValue] = ["status": "success", "message": "Added to queue for processing"]
        if !result.unknown.isEmpty { answer["unknown"] = .array(result.unknown.map(JSONValue.string)) }
        return .json(.object(answer))
    }

    /// The channel with the nickname, the default one where none is named.
    private func channel(_ body: JSONValue, _ account: AccountID) async throws -> Channel {
        if let name = body["provider_nick_name"], !name.isNull, name != "" {
            guard let channel = try await channels.all(of: account).first(where: { $0.nickname == name.string }) else {
                throw Fault.nickname
            }
            return channel
        }
        guard let channel = try await channels.default(of: account) else { throw Fault.nickname }
        return channel
    }

    private func zone(of account: Account) -> Zone { zones.zone(named: account.timeZone) ?? .utc }

    private static func id(_ body: JSONValue) throws(InputError) -> CampaignID {
        guard let id = body["id"]?.int ?? body["id"]?.string.flatMap(Int64.init) else { throw Fault.empty("id") }
        return CampaignID(rawValue: id)
    }

    private static func day(_ body: JSONValue, _ key: String) throws(InputError) -> Day {
        guard let value = body[key], !value.isNull else { throw Fault.empty(key) }
        guard let day = (value.int ?? value.string.flatMap(Int64.init)).flatMap(Day.init(_:)) else {
            throw Fault.plain("\(key) is a day written as YYYYMMDD")
        }
        return day
    }

    private static func unknown(_ id: CampaignID) -> InputError {
        InputError(.notFound, code: "unknown_campaign", "There is no target \(id).")
    }

    /// The vendor's words, where it has some.
    private static func worded(_ error: InputError, _ target: TargetRequest) -> InputError {
        if error.field?.hasPrefix("who.where") == true { return Fault.query }
        guard error.code == "unknown_control_group" else { return error }
        return Fault.noGroup(target.definition["setup"]?["custom_control_group"]?.string ?? "")
    }
}

extension Campaign {
    /// As the list shows it; nil for what has no start.
    fileprivate func target(_ zone: Zone, at now: Timestamp) -> (day: Day, json: JSONValue)? {
        guard let startAt else { return nil }
        let local = zone.local(of: startAt)
        let on = local.day.written * 10_000 + Int64(local.time.hour * 100 + local.time.minute)
        return (
            local.day,
            ["id": .int(id.rawValue), "name": .string(name), "scheduled_on": .int(on), "status": .string(targetStatus(startAt, at: now))]
        )
    }

    /// The vendor's words: what waits for a time is pending, what waits for a person paused.
    private func targetStatus(_ start: Timestamp, at now: Timestamp) -> String {
        switch status {
        case .draft, .rejected, .approvalPending: "pending"
        case .scheduled: heldCode != nil ? "paused" : start > now ? "pending" : "scheduled"
        case .running: "running"
        case .completed: "completed"
        case .stopped, .expired: "stopped"
        case .archived: startedAt == nil ? "stopped" : "completed"
        }
    }
}
