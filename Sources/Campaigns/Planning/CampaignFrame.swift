import Channels
import Core
import Messages
import Profiles
import WhatsApp
import ZoneTime

/// What all who qualify for a campaign share: read once for a batch.
struct CampaignFrame: Sendable {
    let campaign: Campaign
    /// The account's.
    let zone: Zone
    /// The ids of the templates of `what.choices`, in their order.
    let templates: [TemplateID]
    let policy: SendPolicy
    let stage: VariantStage
    /// False where the event that will trigger is not there yet: what needs its values is then left open.
    var knowsEvents = true

    /// One message that somebody may get.
    struct Message: Sendable {
        let choice: TemplateChoice
        let template: TemplateID
        let variant: String?
    }

    /// What the campaign would do with a candidate if nothing stands in the way. The control group is drawn before the
    /// variables are looked at, so that it does not depend on them.
    func intent(for candidate: Candidate, number: Int, at now: Timestamp) -> Intent {
        let message = message(for: candidate.person, number: number)
        return Intent(candidate: candidate, message: message, fate: fate(of: candidate, message, at: now))
    }

    private func fate(of candidate: Candidate, _ message: Message, at now: Timestamp) -> Qualification.Fate {
        if let reason = candidate.excluded { return .excluded(reason) }
        if isControl(candidate.person.id) { return .control }
        let zone = zone
        var parameters: [String] = []
        for (_, variable) in message.choice.variables.sorted(by: { $0.key < $1.key }) {
            guard knowsEvents || !variable.usesEvent else { continue }
            let value = variable.resolve(for: candidate.person, event: candidate.event, at: now) { zone.offset(at: $0) }
            switch value {
            case .text(let text): parameters.append(text)
            case .missing: return .excluded(.missingVariable)
            case .invalid: return .excluded(.invalidValue)
            case .aborted: return .excluded(.liquidAborted)
            case .timedOut: return .excluded(.liquidTimeout)
            }
        }
        return .planned(parameters)
    }

    private func isControl(_ person: ProfileID) -> Bool {
        !policy.exempt.contains(person) && policy.controls.contains { $0.holds(person) }
    }

    /// - Parameter number: how many have had a message of the campaign before, for tests that alternate.
    private func message(for person: Profile, number: Int) -> Message {
        switch campaign.definition.what {
        case .single(let choice): Message(choice: choice, template: templates[0], variant: nil)
        case .variants(let test): variant(of: test, for: person, number: number)
        case .byProperty(let messages): message(for: person, among: messages)
        }
    }

    private func variant(of test: MessageVariants, for person: Profile, number: Int) -> Message {
        let place = stage.place(in: test, for: person.id, number: number, campaign: campaign.id)
        let variant = test.variants[place]
        return Message(choice: variant.choice, template: templates[place], variant: variant.name)
    }

    private func message(for person: Profile, among messages: PropertyMessages) -> Message {
        let value = person.property(messages.property).flatMap(PropertyMessages.key)
        let place = messages.cases.firstIndex { PropertyMessages.key($0.value) == value && value != nil }
        guard let place else { return Message(choice: messages.standard, template: templates[messages.cases.count], variant: nil) }
        return Message(choice: messages.cases[place].choice, template: templates[place], variant: nil)
    }
}

/// What a campaign would do with one person if nothing stands in the way.
struct Intent: Sendable {
    let candidate: Candidate
    let message: CampaignFrame.Message
    let fate: Qualification.Fate

    /// What becomes of it, given whether the person can be reached. Nobody is control who could not have been sent to.
    func qualification(_ reach: Reachability) -> Qualification {
        switch reach {
        case .reachable(let phone): qualification(phone: phone, fate)
        case .reachableByUserID(let user): qualification(phone: nil, user: user, fate)
        // Whether it is marketing that has to wait, and whether it still has, is for the last gate.
        case .marketingPaused(let phone): qualification(phone: phone, fate)
        case .noPhone: qualification(phone: nil, .excluded(.noPhone))
        case .numberBlocked: qualification(phone: candidate.person.phone, .excluded(.numberBlocked))
        case .notOptedIn: qualification(phone: candidate.person.phone, .excluded(.notOptedIn))
        case .unreachable: qualification(phone: candidate.person.phone, .excluded(.unreachable))
        }
    }

    private func qualification(phone: PhoneNumber?, user: String? = nil, _ fate: Qualification.Fate) -> Qualification {
        Qualification(
            profileID: candidate.person.id, phone: phone, userID: user, run: candidate.run, templateID: message.template,
            variant: message.variant, dueAt: candidate.dueAt, fate: fate)
    }
}
