import Core
import Messages
import Profiles
import Storage

/// The person is there, still consents, and can be reached where the message is to go.
struct ReachabilityRule: GateRule {
    private let reachable: [ProfileID: Reachability]
    private let isMarketing: (TemplateID) -> Bool

    init(
        _ batch: GateBatch, consent: ConsentStore, isMarketing: @escaping (TemplateID) -> Bool, in session: any SQLSession
    ) throws {
        self.isMarketing = isMarketing
        reachable = try consent.reachability(of: batch.messages.map(\.profileID), account: batch.account, in: session)
    }

    func objection(to message: MessageRecord) -> Ruling? {
        switch reachable[message.profileID] {
        case nil: .exclude(.profileGone)
        case .noPhone: .exclude(.noPhone)
        case .notOptedIn: .exclude(.notOptedIn)
        case .numberBlocked: .exclude(.numberBlocked)
        // The number may have changed since planning; consent was given for the new one, and the old may be a stranger's.
        case .reachable(let phone): phone == message.phone ? nil : .exclude(.phoneChanged)
        case .reachableByUserID(let user): user == message.userID ? nil : .exclude(.phoneChanged)
        case .unreachable: .exclude(.unreachable)
        case .marketingPaused(let phone):
            isMarketing(message.templateID) ? .exclude(.marketingPaused) : phone == message.phone ? nil : .exclude(.phoneChanged)
        }
    }
}
