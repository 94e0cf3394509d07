import Accounts
import Core
import Dashboard
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import StorageTesting
import Synchronization
import WebSupport

let now = Timestamp(seconds: 1_800_000_000)

/// A scrypt that takes no time.
let cheap = PasswordHashing(logRounds: 1)

/// Campaigns in memory. Each look at the numbers moves the story on by one step; the last step stays.
final class Story: Sendable {
    struct Step: Sendable {
        var status: String
        var numbers: CampaignNumbers
    }

    struct State: Sendable {
        var steps: [Step]
        var name = "Tickets"
        var account = AccountID(rawValue: 1)
        var finishedAt: Timestamp?
        var stops = 0
        var problem: InputError?
        var hold: HoldNote?
        var listProblem: StorageError?
        /// When not 0 the list has so many campaigns, with the ids from 1.
        var more = 0
        var hasTold = (detail: false, stats: false)

        /// Goes on once both halves of a page were told: they are asked for side by side, in either order.
        mutating func tell(_ half: WritableKeyPath<(detail: Bool, stats: Bool), Bool>) -> Step? {
            guard let step = steps.first else { return nil }
            hasTold[keyPath: half] = true
            guard hasTold == (true, true) else { return step }
            hasTold = (false, false)
            if steps.count > 1 { steps.removeFirst() }
            return step
        }
    }

    private let state: Mutex<State>
    let id = CampaignID(rawValue: 77)

    init(_ steps: [Step], name: String = "Tickets", finishedAt: Timestamp? = nil) {
        state = Mutex(State(steps: steps, name: name, finishedAt: finishedAt))
    }

    private static func numbered(upTo count: Int, before: CampaignID?, limit: Int) -> [CampaignSummary] {
        (1...count).reversed().map { CampaignID(rawValue: Int64($0)) }.filter { id in before.map { id < $0 } ?? true }.prefix(limit)
            .map { CampaignSummary(id: $0, name: "Campaign \($0)", type: "one_time", status: "draft", start: nil) }
    }

    /// How often the campaign was stopped.
    var stops: Int { state.withLock { $0.stops } }
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    var pages: CampaignPages {
        CampaignPages(
            list: { account, before, limit in
                try self.state.withLock { state in
                    if let problem = state.listProblem { throw problem }
                    guard account == state.account, let step = state.steps.first else { return [] }
                    if state.more > 0 { return Self.numbered(upTo: state.more, before: before, limit: limit) }
                    guard before == nil else { return [] }
                    return [
                        CampaignSummary(
                            id: self.id, name: state.name, type: "one_time", status: step.status, start: now,
                            sent: step.numbers.sent, delivered: step.numbers.delivered, viewed: step.numbers.viewed,
                            replied: step.numbers.replied, errors: step.numbers.errors)
                    ]
                }
            },
            detail: { account, id in
                self.state.withLock { state in
                    guard account == state.account, id == self.id, let step = state.tell(\.detail) else { return nil }
                    return CampaignDetail(
                        id: id, name: state.name, type: "one_time", status: step.status, channel: "Shop line",
                        template: TemplateText(
                            name: "shop:order_ready", language: "en", header: "Hello", body: "Hi {{1}}, your order is ready.",
                            footer: "Reply STOP to end",
                            variables: [TemplateText.Variable(key: "{{1}}", value: "{{ Profile.name | default: \"there\" }}")]),
                        audience: "Everyone", start: now, startedAt: now, finishedAt: state.finishedAt, createdAt: now, hold: state.hold)
                }
            },
            stats: { account, id in
                self.state.withLock { state in
                    guard account == state.account, id == self.id, let step = state.tell(\.stats) else { return nil }
                    return step.numbers
                }
            },
            stop: { _, _ in
                try self.state.withLock { state in
                    if let problem = state.problem { throw problem }
                    state.stops += 1
                }
            })
    }
}

/// Numbers as they stand in the middle of a campaign.
let halfway = CampaignNumbers(
    qualified: 2000, sent: 1234, delivered: 1100, viewed: 700, controlGroup: 200, replied: 12, errors: 105, unknown: 3,
    deliveryErrors: 4,
    errorReasons: [
        .init(code: "not_opted_in", count: 60), .init(code: "no_phone", count: 40),
        .init(code: "rejected:1170", count: 5, words: "Invalid <number>"),
    ],
    deliveryErrorReasons: [.init(code: "undeliverable", count: 4)])

struct Site {
    static let password = "correct horse"
    let app: Application<RouterResponder<SiteContext>>
    let story: Story
    let lines: Lines
    let accounts: AccountStore
    let signIns: SignIns

    /// - Parameters:
    ///   - pause: what a stream does between two looks.
    ///   - queue: where sign-ins wait for their turn.
    init(
        _ story: Story = Story([.init(status: "running", numbers: halfway)]), lines: Lines = Lines(),
        settings: SiteSettings = SiteSettings(), role: String = "admin", looks: Int = 300, queue: HashingQueue = .process,
        clock: WallClock = .fixed(now), pause: @escaping @Sendable () async throws -> Void = {}
    ) async throws {
        let engine = try await TestEngine.sqlite.make()
        accounts = AccountStore(
            engine: engine, clock: clock, ids: IDMaker(clock: clock), secretKey: SecretKey(from: .system), hashing: cheap)
        let wish = FirstAccount(
            accountID: "ACME", passcode: "open-sesame", adminEmail: "ann@example.com", adminPassword: Self.password, name: "Acme & Sons")
        let made = try await accounts.bootstrap(wish)
        try await engine.write { _ = try $0.run(Query("test.role", "UPDATE app_user SET role = $1"), [.text(role)]) }
        story.change { $0.account = made?.account.id ?? $0.account }
        self.story = story
        lines.change { $0.account = made?.account.id ?? $0.account }
        self.lines = lines
        let signIns = SignIns(engine: engine, clock: clock, hashing: PasswordHashing(logRounds: 1, queue: queue))
        self.signIns = signIns
        var pace = LivePace(pause: pause)
        pace.mostLooks = looks
        let dashboard = try DashboardRoutes(
            signIns: signIns, campaigns: story.pages, channels: lines.pages, settings: settings, pace: pace, clock: clock)
        let router = Router<SiteContext>.site(
            surfaces: [.compatible(), .api(), dashboard.errorSurface], signIns: signIns, settings: settings)
        dashboard.add(to: router)
        Self.addTestCalls(to: router, KeyMiddleware(accounts: accounts, settings: settings))
        router.refuseOtherMethods()
        app = Application(router: router)
    }

    /// Runs `body` as somebody who is signed in.
    func signedIn(_ body: @Sendable @escaping (Browser) async throws -> Void) async throws {
        try await app.test(.router) { client in
            let browser = Browser(client)
            try await browser.signIn()
            _ = try await browser.get("/campaigns")
            try await body(browser)
        }
    }

    /// Calls of the two JSON surfaces that answer with what they were told, or fail as they were told.
    private static func addTestCalls(to router: Router<SiteContext>, _ key: KeyMiddleware) {
        for prefix in ["1", "api/v1"] {
            let group = router.group("\(prefix)").add(middleware: key).group(context: KeyContext.self)
            group.post("echo") { request, context -> Response in
                let body = try await request.json(upTo: 100)
                return .json(["account": .string(context.account.publicID), "body": body])
            }
            group.get("fail/{kind}") { _, context -> Response in
                switch context.parameters.get("kind") {
                case "invalid": throw InputError(code: "invalid_phone", field: "phone", "Not a number.")
                case "missing": throw InputError(.notFound, code: "no_campaign", "No such campaign.")
                case "conflict": throw InputError(.conflict, code: "ended", "It has ended.")
                case "unavailable": throw StorageError(.unavailable, "disk full at /secret/path")
                default: throw StorageError(.failed, "no such column: hunter2")
                }
            }
        }
    }
}
